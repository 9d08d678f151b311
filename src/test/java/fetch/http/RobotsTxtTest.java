package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Outcome;
import fetch.http.settings.RequestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one kind of request whose body is kept. */
class RobotsTxtTest {
  private static final int MOST = 500 * 1024;

  private MockWebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new MockWebServer();
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private static Buffer gzip(String text) throws IOException {
    Buffer coded = new Buffer();
    try (GzipSink sink = new GzipSink(coded)) {
      sink.write(new Buffer().writeUtf8(text), text.length());
    }
    return coded;
  }

  private Attempt fetch(Exchanges exchanges) {
    String url = url("/robots.txt");
    try (OkHttpExchange exchange = exchanges.build()) {
      FetchRequest plain = Exchanges.request(url);
      return Exchanges.follow(exchange, new FetchRequest(0, url, plain.target(), true));
    }
  }

  private static MockResponse text(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  @Test
  void bringsTheWholeTextWhateverIsAskedOfTheEntries() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .body(gzip("User-agent: *\nDisallow: /\n"))
            .addHeader("Content-Encoding", "gzip")
            .build());

    Attempt attempt =
        fetch(
            Exchanges.byDefault()
                .method("HEAD")
                .range("0-3")
                .header("If-None-Match", "*")
                .uncompressed()
                .maxFilesize(5));

    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().text()).isEqualTo("User-agent: *\nDisallow: /\n");
    assertThat(attempt.requests().method()).isEqualTo("GET");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getHeaders().names())
        .doesNotContain("Range", "If-None-Match")
        .contains("User-Agent");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsNoMoreThanHalfAMegabyteAndDropsTheLineThatWasCut(boolean coded) throws IOException {
    String line = "Disallow: /long\n";
    String text = line.repeat(1 + (1 << 20) / line.length());
    server.enqueue(
        coded
            ? new MockResponse.Builder()
                .body(gzip(text))
                .addHeader("Content-Encoding", "gzip")
                .build()
            : text(text));

    Attempt attempt = fetch(Exchanges.byDefault());

    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().text()).isEqualTo(line.repeat(MOST / line.length()));
    assertThat(attempt.body().delivered()).isLessThan(MOST + 100_000);
  }

  @Test
  void bringsTheLastLineOfATextThatJustFits() {
    server.enqueue(text("a".repeat(MOST)));

    assertThat(fetch(Exchanges.byDefault()).body().text()).hasSize(MOST);
  }

  @Test
  void understandsUtf16() {
    String text = "\ufeffUser-agent: *\n";
    Buffer body = new Buffer().writeString(text, StandardCharsets.UTF_16LE);
    server.enqueue(new MockResponse.Builder().body(body).build());

    assertThat(fetch(Exchanges.byDefault()).body().text()).isEqualTo("User-agent: *\n");
  }

  @ParameterizedTest
  @CsvSource({"5, true", "6, false"})
  void followsFiveRedirectsHoweverManyAreForTheEntries(int redirects, boolean reached) {
    for (int n = 0; n < redirects; n++) {
      server.enqueue(
          new MockResponse.Builder().code(301).addHeader("Location", "/robots" + n).build());
    }
    server.enqueue(text("User-agent: *\n"));

    Attempt attempt = fetch(Exchanges.byDefault().maxRedirs(RequestSettings.FOLLOW_NONE));

    assertThat(attempt.body().text()).isEqualTo(reached ? "User-agent: *\n" : "");
    assertThat(attempt.outcome())
        .isEqualTo(
            reached
                ? new Outcome.Responded(200)
                : new Outcome.Failed(
                    FailureKind.TOO_MANY_REDIRECTS, "more than 5 redirects", 301, ""));
  }

  @Test
  void keepsNothingOfAnErrorPageOrAnEntry() {
    server.enqueue(new MockResponse.Builder().code(503).body("sorry").build());
    server.enqueue(text("a page"));

    assertThat(fetch(Exchanges.byDefault()).body().text()).isEmpty();
    assertThat(Exchanges.byDefault().fetch(url("/")).body().text()).isEmpty();
  }
}
