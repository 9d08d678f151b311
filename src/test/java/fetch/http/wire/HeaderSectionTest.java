package fetch.http.wire;

import static fetch.http.Exchanges.failed;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Exchanges;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Status lines and header fields: RFC 9112, sections 2 to 5. */
class HeaderSectionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String REST = "Content-Length: 5\r\n\r\nhello";

  /** The server keeps the connection open, so that waiting for more means a timeout. */
  private static Attempt fetch(String response) throws IOException {
    try (RawServer server = RawServer.answering(response)) {
      return Exchanges.byDefault().maxTime(Duration.ofSeconds(5)).fetch(server.url("/"));
    }
  }

  private static void assertRefused(String response, String message) throws IOException {
    Outcome.Failed failure = failed(fetch(response));
    assertThat(failure.kind()).as(response).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failure.message()).isEqualTo("not HTTP: " + message);
    assertThat(failure.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 000 OK",
        "HTTP/1.1 -12 OK",
        "HTTP/1.1 +12 OK",
        "HTTP/1.1 099 OK",
        "HTTP/1.1 99 OK",
        "HTTP/1.1 600 OK",
        "HTTP/1.1 999 OK",
        "HTTP/1.1 20",
        "HTTP/1.1 2000",
        "HTTP/1.1 2 0",
        "HTTP/1.1 20x OK",
        "HTTP/1.1 200OK",
        "HTTP/1.1 ",
        "HTTP/1.1",
        "HTTP/1.1 OK",
        "HTTP/1.1  200 OK",
        "HTTP/1.1200 OK",
        "HTTP/1.2 200 OK",
        "HTTP/1. 200 OK",
        "HTTP/0.9 200 OK",
        "HTTP/2 200 OK",
        "HTTP/2.0 200 OK",
        "HTTP/11 200 OK",
        "http/1.1 200 OK",
        " HTTP/1.1 200 OK",
        "ICY 200 OK",
        "SOURCETABLE 200 OK",
        "RTSP/1.0 200 OK",
        "SSH-2.0-OpenSSH_9.6",
        "<html>hello</html>",
        "220 ftp.example.org ready"
      })
  void aStatusLineThatIsNoneIsAProtocolFailure(String line) throws IOException {
    assertRefused(line + "\r\n" + REST, "the response begins with '" + line.strip() + "'");
  }

  @Test
  void anEmptyStatusLineIsAProtocolFailure() throws IOException {
    assertRefused("\r\n\r\n", "the response begins with ''");
    assertRefused("\r\n" + OK + REST, "the response begins with ''");
  }

  @Test
  void greetingsOfOtherProtocolsAreKnownAtOnce() throws IOException {
    Attempt attempt = fetch("J\u0000\u0000\u00008.0.36\u0000");
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failed(attempt).message()).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void aLongStatusLineIsCutShort() throws IOException {
    Outcome.Failed failure = failed(fetch("x".repeat(100_000) + "\r\n\r\n"));
    assertThat(failure.message()).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200",
        "HTTP/1.1 200 ",
        "HTTP/1.0 200 OK",
        "HTTP/1.1 200 Everything: fine",
        "HTTP/1.1 299 \u00e9"
      })
  void theReasonMayBeMissingOrAnything(String line) throws IOException {
    Attempt attempt = fetch(line + "\r\n" + REST);
    assertThat(attempt.outcome())
        .isEqualTo(new Outcome.Responded(Integer.parseInt(line.substring(9, 12))));
    assertThat(attempt.body().downloaded()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "'X: a\u0000b', a header line has a NUL inside",
    "'X\u0000: b', a header line has a NUL inside",
    "'X: a\rY: b', a header line has a carriage return inside",
    "'X: a\r', a header line has a carriage return inside",
    "'no colon', a header line has no colon",
    "'X: a\r\nno colon', a header line has no colon",
    "' X: a', the first header line begins with a blank"
  })
  void aHeaderLineThatIsNoneIsAProtocolFailure(String lines, String message) throws IOException {
    assertRefused(OK + lines + "\r\n" + REST, message);
  }

  @Test
  void aNulInTheStatusLineIsAProtocolFailure() throws IOException {
    assertRefused("HTTP/1.1 200 O\u0000K\r\n" + REST, "a header line has a NUL inside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/html;\r\n charset=utf-8\r\n",
        "Content-Type: text/html;\n\tcharset=utf-8\n",
        "Content-Type:\r\n  text/html;\r\n \r\n\t charset=utf-8\r\n",
        "Content-Type : text/html; charset=utf-8\r\n",
        "content-type\t :text/html; charset=utf-8\r\n",
        "X: 1\r\n folded: 2\r\nContent-Type:text/html; charset=utf-8  \r\n"
      })
  void foldedLinesAndBlanksBeforeColonsAreRead(String lines) throws IOException {
    Attempt attempt = fetch(OK + lines + REST);
    assertThat(attempt.response().contentType()).isNotNull();
    assertThat(attempt.response().contentType().replaceAll("\\s+", " "))
        .isEqualTo("text/html; charset=utf-8");
    assertThat(attempt.body().downloaded()).isEqualTo(5);
  }

  @Test
  void linesMayEndWithALineFeedAlone() throws IOException {
    Attempt attempt = fetch("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(5);
  }

  /** Bytes beyond ASCII are rewritten for OkHttp, which must not move what follows. */
  @Test
  void theBodyFollowsARewrittenHeaderSection() throws IOException {
    String head = OK + "X: \u00e9\r\n";
    String body = "0123456789".repeat(100_000);
    try (RawServer server =
            RawServer.answering(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 3; i++) {
        Attempt attempt = exchange.execute(Exchanges.request(server.url("/")));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
        assertThat(attempt.body().downloaded()).isEqualTo(body.length());
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: a\u0000b", "no colon", "X: a\rb"})
  void trailersAreHeaderLinesToo(String trailer) throws IOException {
    Attempt attempt =
        fetch(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n" + trailer + "\r\n\r\n");
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failed(attempt).status()).isEqualTo(200);
  }

  @Test
  void trailersMayBeManyAndFolded() throws IOException {
    String trailers = "A: 1\r\nB: 2\r\n folded\r\nC: \u00e9\r\n";
    try (RawServer server =
            RawServer.answering(
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n" + trailers + "\r\n");
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(exchange.execute(Exchanges.request(server.url("/"))).outcome())
            .isEqualTo(new Outcome.Responded(200));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void interimResponsesAreHeldToTheSameRules() throws IOException {
    assertRefused(
        "HTTP/1.1 103 Early Hints\r\nLink\r\n\r\n" + OK + REST, "a header line has no colon");
    assertRefused(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 000 OK\r\n" + REST,
        "the response begins with 'HTTP/1.1 000 OK'");
  }

  @Test
  void allHeaderSectionsOfAResponseHaveOneLimit() throws IOException {
    String interim = "HTTP/1.1 103 Early Hints\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
    assertThat(fetch(interim.repeat(12) + OK + REST).outcome())
        .isEqualTo(new Outcome.Responded(200));
    Outcome.Failed failure = failed(fetch(interim.repeat(14) + OK + REST));
    assertThat(failure.message()).isEqualTo("the header section is larger than 256 KiB");
  }
}
