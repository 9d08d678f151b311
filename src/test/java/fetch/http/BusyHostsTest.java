package fetch.http;

import static fetch.http.Exchanges.request;
import static fetch.http.Http2Frames.headersOnly;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Outcome;
import fetch.http.Exchanges.Way;
import fetch.http.connection.BusyHosts;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.TlsLibrary;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2 is offered to hosts with several requests at once, with each library alike. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class BusyHostsTest {
  @Parameter private TlsLibrary library;

  private final MockWebServer server = new MockWebServer();
  private final Gate gate = new Gate();

  @BeforeEach
  void start() throws IOException {
    server.useHttps(Certificates.server("127.0.0.1").sslSocketFactory());
    server.setDispatcher(gate);
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    gate.open.countDown();
    server.close();
  }

  /** Answers {@code /wait} once it is open, and everything else at once. */
  private static final class Gate extends Dispatcher {
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch two = new CountDownLatch(2);

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      if (request.getUrl().encodedPath().equals("/wait")) {
        two.countDown();
        open.await();
      }
      return new MockResponse.Builder().body("ok").build();
    }
  }

  private String url(String path) {
    return "https://127.0.0.1:" + server.getPort() + path;
  }

  private OkHttpExchange exchange(HttpVersion version) {
    return Exchanges.byDefault()
        .library(library)
        .trusting(Certificates.authorities())
        .version(version)
        .build();
  }

  private static String version(Attempt attempt) {
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Answered(200));
    return String.valueOf(attempt.response().httpVersion());
  }

  @Test
  void oneRequestAfterAnotherTakesHttp11() {
    try (OkHttpExchange exchange = exchange(HttpVersion.ADAPTIVE)) {
      for (int n = 0; n < 10; n++) {
        assertThat(version(exchange.execute(request(url("/" + n))))).isEqualTo("1.1");
      }
    }
  }

  @Test
  void theOneThatNegotiatesTakesHttp2AtOnce() {
    try (OkHttpExchange exchange = exchange(HttpVersion.NEGOTIATED)) {
      assertThat(version(exchange.execute(request(url("/"))))).isEqualTo("2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theThirdAtOnceTakesHttp2AndSoDoAllThatFollow(Way way) throws Exception {
    try (OkHttpExchange exchange = exchange(HttpVersion.ADAPTIVE)) {
      List<CompletableFuture<Attempt>> waiting =
          IntStream.range(0, 2).mapToObj(_ -> way.start(exchange, request(url("/wait")))).toList();
      gate.two.await();

      assertThat(version(way.start(exchange, request(url("/third"))).get())).isEqualTo("2");
      gate.open.countDown();
      for (CompletableFuture<Attempt> attempt : waiting) {
        assertThat(version(attempt.get())).isEqualTo("1.1");
      }
      assertThat(version(way.start(exchange, request(url("/last"))).get())).isEqualTo("2");
    }
  }

  @Test
  void failuresAreNotInFlightForEver() throws IOException {
    try (RawServer broken = RawServer.start(connection -> connection.close());
        OkHttpExchange exchange = exchange(HttpVersion.ADAPTIVE)) {
      for (int n = 0; n < 10; n++) {
        exchange.execute(request("https://127.0.0.1:" + broken.port() + "/" + n));
      }
      assertThat(version(exchange.execute(request(url("/"))))).isEqualTo("1.1");
    }
  }

  /** It refuses a handshake that offers HTTP/1.1 alone (RFC 7301, section 3.2). */
  @Test
  void aServerWithoutHttp11GetsHttp2() throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer strict =
            RawServer.start(connection -> {
              connection.startTls(certificates.sslSocketFactory(), BusyHostsTest::offerHttp2);
              Http2Frames.serve(
                  connection,
                  (stream, to) -> to.send(headersOnly(stream, Http2Frames.status200())));
            });
        OkHttpExchange exchange = exchange(HttpVersion.ADAPTIVE)) {
      for (int n = 0; n < 3; n++) {
        String url = "https://127.0.0.1:" + strict.port() + "/" + n;
        assertThat(version(exchange.execute(request(url)))).isEqualTo("2");
      }
      assertThat(strict.connections()).isBetween(2, 3);
    }
  }

  private static void offerHttp2(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
  }

  @Test
  void remembersABoundedNumberOfHosts() {
    BusyHosts hosts = new BusyHosts();
    IllegalStateException alert = new IllegalStateException("NO_APPLICATION_PROTOCOL");
    for (int n = 0; n < 100_000; n++) {
      HttpUrl url = HttpUrl.get("https://h" + n + ".example/");
      assertThat(hosts.insistsOnHttp2(url, alert)).isTrue();
      assertThat(hosts.insistsOnHttp2(url, alert)).isFalse();
      assertThat(hosts.isBusy(url)).isTrue();
    }
    assertThat(hosts.isBusy(HttpUrl.get("https://h0.example/"))).isFalse();
  }
}
