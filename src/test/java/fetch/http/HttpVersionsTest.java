package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.TlsLibrary;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With each library alike. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class HttpVersionsTest {
  @Parameter private TlsLibrary library;

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.useHttps(Certificates.server("127.0.0.1").sslSocketFactory());
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return "https://127.0.0.1:" + server.getPort() + path;
  }

  private Exchanges byDefault() {
    return Exchanges.byDefault().library(library);
  }

  private Exchanges trusting() {
    return byDefault().trusting(Certificates.authorities());
  }

  private static MockResponse ok(String body) {
    return new MockResponse.Builder().code(200).body(body).build();
  }

  @Test
  void speaksHttp2WhereTlsNegotiatesIt() throws Exception {
    server.enqueue(ok("hello"));
    Attempt attempt = trusting().user("jo:secret").cookie("a=1").fetch(url("/x?y"));
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.response().httpVersion()).isEqualTo("2");
    assertThat(attempt.body().downloaded()).isEqualTo(5);
    assertThat(attempt.peer().port()).isEqualTo(server.getPort());
    Headers headers = server.takeRequest().getHeaders();
    assertThat(headers.get("authorization")).isEqualTo("Basic am86c2VjcmV0");
    assertThat(headers.get("cookie")).isEqualTo("a=1");
    assertThat(headers.get("connection")).isNull();
  }

  @Test
  void speaksHttp11WhereTheServerHasNoOther() {
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    server.enqueue(ok("hello"));
    assertThat(trusting().fetch(url("/")).response().httpVersion()).isEqualTo("1.1");
  }

  @Test
  void speaksHttp11WhenNothingElseShallBe() {
    server.enqueue(ok("hello"));
    assertThat(trusting().version(HttpVersion.HTTP_1_1).fetch(url("/")).response().httpVersion())
        .isEqualTo("1.1");
  }

  /** The hosts are alike in hash too, so that one client serves both. */
  @Test
  void asksNoServerForAnotherHostThoughItsCertificateWouldDo() throws Exception {
    try (MockWebServer shared = new MockWebServer()) {
      shared.useHttps(Certificates.server("*.site.example").sslSocketFactory());
      shared.start(InetAddress.ofLiteral("127.0.0.1"), 0);
      int port = shared.getPort();
      Exchanges exchanges = trusting().resolve("*:" + port + ":127.0.0.1");
      try (OkHttpExchange exchange = exchanges.build()) {
        for (String host : List.of("an.site.example", "c0.site.example", "an.site.example")) {
          shared.enqueue(ok("hello"));
          Attempt attempt = exchange.execute(request("https://" + host + ":" + port + "/"));
          assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
          assertThat(attempt.response().httpVersion()).isEqualTo("2");
        }
      }
      assertThat(shared.takeRequest().getConnectionIndex()).isZero();
      assertThat(shared.takeRequest().getConnectionIndex()).isEqualTo(1);
      assertThat(shared.takeRequest().getConnectionIndex()).isZero();
    }
  }

  @Test
  void priorKnowledgeSpeaksHttp2WithoutAsking() throws IOException {
    try (MockWebServer clear = new MockWebServer()) {
      clear.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      clear.start(InetAddress.ofLiteral("127.0.0.1"), 0);
      clear.enqueue(ok("hello"));
      Attempt attempt =
          byDefault()
              .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
              .fetch("http://127.0.0.1:" + clear.getPort() + "/");
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.response().httpVersion()).isEqualTo("2");
    }
  }

  @Test
  void priorKnowledgeOfAServerThatHasNoneIsAFailure() throws IOException {
    try (RawServer old =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
          connection.awaitClose();
        })) {
      Outcome.Failed failure =
          byDefault().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE).failure(old.url("/"));
      assertThat(failure.kind()).isIn(FailureKind.PROTOCOL, FailureKind.RESET);
      assertThat(failure.status()).isZero();
    }
  }

  @Test
  void manyRequestsShareOneConnection() throws Exception {
    try (OkHttpExchange exchange = trusting().build()) {
      server.enqueue(ok("first"));
      exchange.execute(request(url("/first")));
      List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        server.enqueue(ok("x".repeat(i)));
      }
      for (int i = 0; i < 50; i++) {
        attempts.add(Exchanges.Way.ENQUEUE.start(exchange, request(url("/" + i))));
      }
      long bytes = 0;
      for (CompletableFuture<Attempt> attempt : attempts) {
        assertThat(attempt.join().outcome()).isEqualTo(new Outcome.Responded(200));
        bytes += attempt.join().body().downloaded();
      }
      assertThat(bytes).isEqualTo(49 * 50 / 2);
      for (int i = 0; i <= 50; i++) {
        assertThat(server.takeRequest().getConnectionIndex()).isZero();
      }
    }
  }

  /** The reader of a connection is there as long as the connection, which can be long. */
  @Test
  void anOpenConnectionHasNoThreadOfTheSystem() {
    server.enqueue(ok("hello"));
    try (OkHttpExchange exchange = trusting().build()) {
      assertThat(exchange.execute(request(url("/"))).response().httpVersion()).isEqualTo("2");
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("OkHttp 127.0.0.1");
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void aResetStreamIsAReset(Exchanges.Way way) {
    server.enqueue(
        new MockResponse.Builder().onRequestStart(new SocketEffect.CloseStream(2)).build());
    try (OkHttpExchange exchange = trusting().build()) {
      Outcome.Failed failure = failed(way.start(exchange, request(url("/"))).join());
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
      assertThat(failure.message()).isEqualTo("the server reset the stream: INTERNAL_ERROR");
      assertThat(failure.status()).isZero();
    }
  }

  /** RFC 9113, section 8.7: only a refused stream is sure not to have been acted upon. */
  @Test
  void aStreamResetOnAUsedConnectionIsNotRetriedUnlessItWasRefused() {
    server.enqueue(ok("one"));
    server.enqueue(
        new MockResponse.Builder().onRequestStart(new SocketEffect.CloseStream(2)).build());
    server.enqueue(ok("three"));
    try (OkHttpExchange exchange = trusting().build()) {
      exchange.execute(request(url("/1")));
      assertThat(failed(exchange.execute(request(url("/2")))).kind()).isEqualTo(FailureKind.RESET);
      assertThat(exchange.execute(request(url("/3"))).body().downloaded()).isEqualTo(5);
    }
  }

  @Test
  void aRefusedStreamIsRetriedOnAFreshConnection() {
    server.enqueue(ok("one"));
    server.enqueue(
        new MockResponse.Builder().onRequestStart(new SocketEffect.CloseStream(7)).build());
    server.enqueue(ok("three"));
    try (OkHttpExchange exchange = trusting().method("POST").build()) {
      exchange.execute(request(url("/1")));
      assertThat(exchange.execute(request(url("/2"))).body().downloaded()).isEqualTo(5);
    }
  }

  @Test
  void aResetInTheBodyIsAReset() {
    server.enqueue(
        new MockResponse.Builder()
            .body("x".repeat(1_000_000))
            .onResponseBody(new SocketEffect.CloseStream(2))
            .build());
    Outcome.Failed failure = trusting().failure(url("/"));
    assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
    assertThat(failure.status()).isEqualTo(200);
  }

  @Test
  void aConnectionThatIsClosedInTheBodyIsAFailure() {
    server.enqueue(
        new MockResponse.Builder()
            .body("x".repeat(1_000_000))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    assertThat(trusting().failure(url("/")).kind()).isIn(FailureKind.RESET, FailureKind.PARTIAL);
  }

  @Test
  void aBodyShorterThanAnnouncedIsPartialAndALongerOneIsNotHttp() {
    server.enqueue(lengthOf(10, "short"));
    server.enqueue(lengthOf(3, "longer"));
    Outcome.Failed shorter = trusting().failure(url("/"));
    assertThat(shorter.kind()).isEqualTo(FailureKind.PARTIAL);
    assertThat(shorter.message()).isEqualTo("the body has 5 bytes, but Content-Length is 10");
    assertThat(trusting().failure(url("/")).kind()).isEqualTo(FailureKind.PROTOCOL);
  }

  private static MockResponse lengthOf(int announced, String body) {
    return new MockResponse.Builder()
        .body(body)
        .setHeader("Content-Length", Integer.toString(announced))
        .build();
  }

  @Test
  void aHeadHasALengthButNoBody() {
    server.enqueue(
        new MockResponse.Builder().code(200).setHeader("Content-Length", "1234").build());
    assertThat(trusting().method("HEAD").fetch(url("/")).outcome())
        .isEqualTo(new Outcome.Responded(200));
  }

  @Test
  void notModifiedHasALengthButNoBody() {
    server.enqueue(
        new MockResponse.Builder().code(304).setHeader("Content-Length", "1234").build());
    assertThat(trusting().fetch(url("/")).outcome()).isEqualTo(new Outcome.Responded(304));
  }

  /** The server says goodbye after the first answer; the next request opens a connection. */
  @Test
  void aGoodbyeEndsTheConnectionAfterItsAnswers() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .body("one")
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
            .build());
    server.enqueue(ok("two"));
    try (OkHttpExchange exchange = trusting().build()) {
      assertThat(exchange.execute(request(url("/1"))).body().downloaded()).isEqualTo(3);
      assertThat(exchange.execute(request(url("/2"))).body().downloaded()).isEqualTo(3);
      assertThat(server.takeRequest().getConnectionIndex()).isZero();
      assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
    }
  }
}
