package fetch.http;

import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Exchanges.Way;
import fetch.http.connection.Http2Offers;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.TlsLibrary;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
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

/** Which hosts are offered HTTP/2, with each library alike. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class Http2OffersTest {
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
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
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

  /** Its host is forgotten meanwhile, for so many others. */
  @Test
  void aPostIsNeverSentAgain() throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (OkHttpExchange exchange = posting();
        RawServer broken =
            RawServer.start(connection -> {
              connection.startTls(certificates.sslSocketFactory());
              connection.readRequest();
              for (int n = 0; n < 5000; n++) {
                exchange.execute(request("https://h" + n + ".example/"));
              }
            })) {
      exchange.execute(request("https://127.0.0.1:" + broken.port() + "/"));
      assertThat(broken.connections()).isEqualTo(1);
    }
  }

  private OkHttpExchange posting() {
    return Exchanges.byDefault()
        .library(library)
        .trusting(Certificates.authorities())
        .version(HttpVersion.ADAPTIVE)
        .method("POST")
        .build();
  }

  /** One more connection is made for the first request, in case the server speaks HTTP/2. */
  @Test
  void aServerThatNeverRespondsGetsOneMoreConnection() throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer broken =
            RawServer.start(connection -> {
              connection.startTls(certificates.sslSocketFactory());
              connection.readRequest();
            });
        OkHttpExchange exchange = exchange(HttpVersion.ADAPTIVE)) {
      for (int n = 0; n < 3; n++) {
        String url = "https://127.0.0.1:" + broken.port() + "/" + n;
        assertThat(exchange.execute(request(url)).outcome())
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> assertThat(failed.kind()).isEqualTo(FailureKind.EMPTY_REPLY));
      }
      assertThat(broken.connections()).isEqualTo(4);
    }
  }

  @Test
  void aServerThatAgreedOnHttp11IsNotTriedAgain() {
    assertThat(
            new Http2Offers(HttpVersion.ADAPTIVE)
                .growAfter(new EOFException(), HttpUrl.get("https://a.example/"), false, false))
        .isFalse();
  }

  @Test
  void aServerThatChoosesHttp2UnofferedGetsIt() {
    Http2Offers offers = new Http2Offers(HttpVersion.ADAPTIVE);
    HttpUrl url = HttpUrl.get("https://a.example/");
    SSLHandshakeException failure =
        new SSLHandshakeException(
            "error:100000ae:SSL routines:OPENSSL_internal:INVALID_ALPN_PROTOCOL");
    assertThat(offers.growAfter(failure, url, true, false)).isTrue();
    assertThat(offers.includes(url)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "NEGOTIATED", "HTTP_2_PRIOR_KNOWLEDGE"})
  void aChosenVersionStays(HttpVersion version) {
    Http2Offers offers = new Http2Offers(version);
    HttpUrl url = HttpUrl.get("https://a.example/");
    boolean before = offers.includes(url);
    for (int n = 0; n < 9; n++) {
      offers.begin(url);
    }
    assertThat(offers.growAfter(new EOFException(), url, false, true)).isFalse();
    assertThat(offers.includes(url)).isEqualTo(before).isEqualTo(version != HttpVersion.HTTP_1_1);
  }

  /** It may have acted on the request. */
  @Test
  void anAlertAfterTheRequestIsNoReasonToSendItAgain() {
    Http2Offers offers = new Http2Offers(HttpVersion.ADAPTIVE);
    IOException alert = new IOException("NO_APPLICATION_PROTOCOL");
    HttpUrl url = HttpUrl.get("https://a.example/");
    assertThat(offers.growAfter(alert, url, false, false)).isFalse();
    assertThat(offers.includes(url)).isFalse();
  }

  /** They began at the same time, so none of them offered HTTP/2. */
  @Test
  void eachOfSeveralRefusedCallsIsMadeAgain() {
    Http2Offers offers = new Http2Offers(HttpVersion.ADAPTIVE);
    IOException alert = new IOException("NO_APPLICATION_PROTOCOL");
    HttpUrl url = HttpUrl.get("https://a.example/");
    for (int n = 0; n < 3; n++) {
      assertThat(offers.growAfter(alert, url, true, false)).isTrue();
    }
  }

  @Test
  void remembersABoundedNumberOfHosts() {
    Http2Offers offers = new Http2Offers(HttpVersion.ADAPTIVE);
    IOException alert = new IOException("NO_APPLICATION_PROTOCOL");
    for (int n = 0; n < 100_000; n++) {
      HttpUrl url = HttpUrl.get("https://h" + n + ".example/");
      offers.growAfter(alert, url, true, false);
      assertThat(offers.includes(url)).isTrue();
    }
    assertThat(offers.includes(HttpUrl.get("https://h0.example/"))).isFalse();
  }
}
