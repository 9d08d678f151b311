package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the chunks of a body: RFC 9112, section 7.1. */
class ChunksTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String END = "0\r\n\r\n";

  /** What the buffers of two sockets hold, and then some. */
  private static final long MOST_SENT = 24_000_000;

  private static Attempt fetch(String body) throws IOException {
    try (RawServer server = RawServer.answering(CHUNKED + body)) {
      return Exchanges.byDefault().maxTime(Duration.ofSeconds(10)).fetch(server.url("/"));
    }
  }

  private static void assertRefused(Attempt attempt, String message) {
    assertThat(failed(attempt).message()).isEqualTo("not HTTP: " + message);
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failed(attempt).status()).isEqualTo(200);
  }

  /** Sends this without end, and counts how much of it there was. */
  private static RawServer endless(String start, String more, AtomicLong sent) throws IOException {
    return RawServer.start(connection -> {
      connection.readRequest();
      connection.send(start);
      while (true) {
        connection.send(more);
        sent.addAndGet(more.length());
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"5;", "5;a=\"", "5 ", "0", "0;"})
  void anEndlessLineIsNotReadToItsEnd(String start) throws IOException {
    AtomicLong sent = new AtomicLong();
    String more = start.substring(start.length() - 1).repeat(100_000);
    try (RawServer server = endless(CHUNKED + "5\r\nhello\r\n" + start, more, sent)) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertRefused(attempt, "the size of a chunk is on a line of more than 4096 bytes");
      assertThat(attempt.body().downloaded()).isEqualTo(5);
      assertThat(sent).hasValueLessThan(MOST_SENT);
    }
  }

  @Test
  void whatFollowsAChunkIsNotPassedOver() throws IOException {
    assertRefused(fetch("5\r\nhello, world\r\n" + END), "a chunk is longer than its size");
    AtomicLong sent = new AtomicLong();
    try (RawServer server = endless(CHUNKED + "5\r\nhello", "x".repeat(100_000), sent)) {
      assertRefused(
          Exchanges.byDefault().fetch(server.url("/")), "a chunk is longer than its size");
      assertThat(sent).hasValueLessThan(MOST_SENT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\r\n" + "hello', a chunk has no size",
    "'-1\r\n" + "', a chunk has no size",
    "'5 x\r\nhello', the size of a chunk is not a hexadecimal number",
    "'5\r;a\r\nhello', the size of a chunk is not a hexadecimal number",
    "'0x5\r\nhello', the size of a chunk is not a hexadecimal number",
    "'ffffffffffffffff\r\n', a chunk is larger than any file",
    "'00000000ffffffffffffffff\r\n', a chunk is larger than any file"
  })
  void aSizeIsANumberThatMakesSense(String body, String message) throws IOException {
    assertRefused(fetch(body), message);
  }

  @Test
  void aNulInAChunkLineIsRefused() throws IOException {
    assertRefused(fetch("\u00005\r\nhello"), "a chunk has no size");
    assertRefused(fetch("5\u0000\r\nhello"), "the size of a chunk is not a hexadecimal number");
    assertRefused(
        fetch("5;a=\u0000b\r\nhello"), "the size of a chunk is on a line with a NUL inside");
  }

  @Test
  void tinyChunksWithLargeExtensionsAreRefused() throws IOException {
    AtomicLong sent = new AtomicLong();
    String chunk = "1;" + "x".repeat(1000) + "\r\na\r\n";
    try (RawServer server = endless(CHUNKED, chunk.repeat(100), sent)) {
      assertRefused(
          Exchanges.byDefault().fetch(server.url("/")),
          "its chunks have more extensions than content");
      assertThat(sent).hasValueLessThan(MOST_SENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\r\nx\r\n",
        "1        \r\nx\r\n",
        "0001\r\nx\r\n",
        "1;a=b;c=d\r\nx\r\n",
        "1\nx\n",
        "A\r\n0123456789\r\n"
      })
  void anyNumberOfUsualChunksIsRead(String chunk) throws IOException {
    int chunks = 50_000;
    int bytes = chunk.contains("A") ? 10 : 1;
    Attempt attempt = fetch(chunk.repeat(chunks) + END);
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo((long) bytes * chunks);
  }

  @Test
  void largeChunksMayHaveLargeExtensions() throws IOException {
    String chunk = "8000;" + "x".repeat(4000) + "\r\n" + "y".repeat(0x8000) + "\r\n";
    assertThat(fetch(chunk.repeat(100) + END).body().downloaded()).isEqualTo(100 * 0x8000);
  }

  @Test
  void anEndlessTrailerSectionIsAProtocolFailure() throws IOException {
    AtomicLong sent = new AtomicLong();
    String trailer = "X-Trailer: " + "x".repeat(1000) + "\r\n";
    try (RawServer server = endless(CHUNKED + "5\r\nhello\r\n0\r\n", trailer.repeat(50), sent)) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(failed(attempt).message()).isEqualTo("the header section is larger than 256 KiB");
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(sent).hasValueLessThan(MOST_SENT);
    }
  }

  private static String redirectTo(String location) {
    return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  @Test
  void theRestOfARedirectIsNotReadWhateverItIs() throws IOException {
    AtomicLong sent = new AtomicLong();
    try (RawServer next = RawServer.answering(CHUNKED + END);
        RawServer server = endless(redirectTo(next.url("/")) + "5;", "x".repeat(100_000), sent)) {
      assertThat(Exchanges.byDefault().fetch(server.url("/")).outcome())
          .isEqualTo(new Outcome.Responded(200));
      assertThat(sent).hasValueLessThan(MOST_SENT);
    }
  }

  @Test
  void theConnectionIsUsedAgainAfterAShortRedirect() throws IOException {
    String redirect = redirectTo("/next") + "5\r\nhello\r\n";
    try (RawServer server =
            RawServer.start(connection -> {
              for (String head = connection.readRequest();
                  head != null;
                  head = connection.readRequest()) {
                connection.send(head.startsWith("GET /next") ? CHUNKED + END : redirect + END);
              }
            });
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(Exchanges.follow(exchange, request(server.url("/"))).outcome())
            .isEqualTo(new Outcome.Responded(200));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
