package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Content;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only the least time is tested, so that a busy machine fails nothing. */
@Timeout(60)
class LimitRateTest {
  private static final int BYTES = 60_000;

  /** A quarter of a second's bytes come at once. */
  private static final long RATE = 100_000;

  private static final long LEAST = Duration.ofMillis(330).toNanos();
  private static final String BODY = "x".repeat(BYTES);
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: " + BYTES + "\r\n\r\n" + BODY;

  private static void assertSlow(Attempt attempt) {
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.timings().total()).isGreaterThan(LEAST);
  }

  @Test
  void slowsDownResponses() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Attempt attempt = Exchanges.byDefault().limitRate(RATE).fetch(server.url("/"));
      assertSlow(attempt);
      assertThat(attempt.body().downloaded()).isEqualTo(BYTES);
      assertThat(Exchanges.byDefault().fetch(server.url("/")).body().downloaded()).isEqualTo(BYTES);
    }
  }

  @Test
  void slowsDownWhatComesThroughSocks() throws IOException {
    try (RawServer server = RawServer.answering(OK);
        SocksProxy proxy = new SocksProxy(null)) {
      assertSlow(
          Exchanges.byDefault()
              .limitRate(RATE)
              .proxy("socks5h://" + proxy.address())
              .fetch("http://a.example:" + server.port() + "/"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "NEGOTIATED"})
  void slowsDownTls(HttpVersion version) throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(Certificates.server("127.0.0.1").sslSocketFactory());
      server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
      server.enqueue(new MockResponse.Builder().body(BODY).build());
      server.start();
      assertSlow(
          Exchanges.byDefault()
              .limitRate(RATE)
              .version(version)
              .trusting(Certificates.authorities())
              .fetch("https://127.0.0.1:" + server.getPort() + "/"));
    }
  }

  @Test
  void slowsDownUploads() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().build());
      server.start();
      assertSlow(
          Exchanges.byDefault()
              .limitRate(RATE)
              .method("POST")
              .content(Content.of(BODY.getBytes(StandardCharsets.UTF_8), null, null))
              .fetch("http://127.0.0.1:" + server.getPort() + "/"));
    }
  }

  @Test
  void aTimeLimitEndsTheWait() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Attempt attempt =
          Exchanges.byDefault()
              .limitRate(100)
              .maxTime(Duration.ofMillis(500))
              .fetch(server.url("/"));
      assertThat(Exchanges.failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(attempt.timings().total()).isLessThan(Duration.ofSeconds(20).toNanos());
    }
  }
}
