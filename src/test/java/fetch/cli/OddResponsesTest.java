package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Odd and broken responses of the kinds that curl's own tests have, in one list: what each comes to
 * is what curl does, or what the standard says where curl is lax. Characters are bytes here.
 */
class OddResponsesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String FIVE = "Content-Length: 5\r\n\r\nhello";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String LAST = "0\r\n\r\n";

  /**
   * One response and what its record says.
   *
   * @param expected status, bytes and error
   */
  private record Odd(String response, String expected) {}

  private static Odd odd(String response, String expected) {
    return new Odd(response, expected);
  }

  private static List<Odd> statusLines() {
    return List.of(
        odd("HTTP/1.1 -12 OK\r\n" + FIVE, "0 0 protocol"),
        odd("HTTP/1.1 000 OK\r\n" + FIVE, "0 0 protocol"),
        odd("HTTP/1.1 1234 OK\r\n" + FIVE, "0 0 protocol"),
        odd("HTTP/1.1 20\r\n" + FIVE, "0 0 protocol"),
        odd("HTTP/1.2 200 OK\r\n" + FIVE, "0 0 protocol"),
        odd("HTTP/3 200 OK\r\n" + FIVE, "0 0 protocol"),
        odd("hello, this is HTTP/0.9", "0 0 protocol"),
        odd("\r\n" + OK + FIVE, "0 0 protocol"),
        odd("HTTP/1.1 200 O\0K\r\n" + FIVE, "0 0 protocol"),
        odd("HTTP/1.1 200\r\n" + FIVE, "200 5 null"),
        odd("HTTP/1.0 200 \r\n" + FIVE, "200 5 null"),
        odd("HTTP/1.1 299 very fine\r\n" + FIVE, "299 5 null"));
  }

  private static List<Odd> headerLines() {
    return List.of(
        odd(OK + "X: a\0b\r\n" + FIVE, "0 0 protocol"),
        odd(OK + "no colon\r\n" + FIVE, "0 0 protocol"),
        odd(OK + "X: a\rb\r\n" + FIVE, "0 0 protocol"),
        odd(OK + " X: a\r\n" + FIVE, "0 0 protocol"),
        odd(OK + "X: " + "x".repeat(300_000) + "\r\n" + FIVE, "0 0 protocol"),
        odd(OK + "X: y\r\n".repeat(60_000) + FIVE, "0 0 protocol"),
        odd(OK + "X: a\r\n b\r\n\tc\r\n" + FIVE, "200 5 null"),
        odd(OK + "Content-Length:\r\n 5\r\n\r\nhello", "200 5 null"),
        odd(OK + "Content-Length : 5\r\n\r\nhello", "200 5 null"),
        odd("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "200 5 null"),
        odd(OK + "X: " + "x".repeat(200_000) + "\r\n" + FIVE, "200 5 null"),
        odd(OK + "X-\u00e9: \u00ff\u00fe\r\n" + FIVE, "200 5 null"),
        odd(OK + "Content-Le", "0 0 partial"),
        odd("", "0 0 empty_reply"));
  }

  private static List<Odd> lengths() {
    return List.of(
        odd(OK + "Content-Length: -5\r\n\r\nhello", "200 0 protocol"),
        odd(OK + "Content-Length: five\r\n\r\nhello", "200 0 protocol"),
        odd(OK + "Content-Length:\r\n\r\nhello", "200 0 protocol"),
        odd(OK + "Content-Length: 5,\r\n\r\nhello", "200 0 protocol"),
        odd(OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "200 0 protocol"),
        odd(OK + "Content-Length: 5, 6\r\n\r\nhello!", "200 0 protocol"),
        odd(OK + "Content-Length: 99999999999999999999\r\n\r\nhello", "200 0 protocol"),
        odd(OK + "Content-Length: 5, 5\r\n\r\nhello", "200 5 null"),
        odd(OK + "Content-Length: 5\r\n" + FIVE, "200 5 null"),
        odd(OK + "Content-Length: 6\r\n\r\nhello", "200 5 partial"),
        odd(OK + "\r\nhello", "200 5 null"),
        odd("HTTP/1.1 204 No Content\r\n" + FIVE, "204 0 null"),
        odd("HTTP/1.1 304 Not Modified\r\n" + FIVE, "304 0 null"),
        odd("HTTP/1.1 205 Reset Content\r\n" + FIVE, "205 5 null"));
  }

  private static List<Odd> codings() {
    String five = "5\r\nhello\r\n";
    return List.of(
        odd(CHUNKED + five + LAST, "200 5 null"),
        odd(OK + "Transfer-Encoding: chunked, chunked\r\n\r\n" + five + LAST, "200 5 null"),
        odd(
            OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + five + LAST,
            "200 5 null"),
        odd(
            OK + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n" + five + LAST,
            "200 5 null"),
        odd(OK + "Transfer-Encoding: gzip, chunked\r\n\r\n" + five + LAST, "200 0 protocol"),
        odd(OK + "Transfer-Encoding: chunked, identity\r\n\r\n" + five + LAST, "200 0 protocol"),
        odd(OK + "Content-Encoding: gzip\r\n" + FIVE, "200 5 bad_encoding"),
        odd(
            OK + "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip\r\n" + FIVE,
            "200 0 bad_encoding"));
  }

  private static List<Odd> chunks() {
    String five = "5\r\nhello\r\n";
    return List.of(
        odd(CHUNKED + "5;ext=\"1\"\r\nhello\r\n0;x\r\nTrailer: y\r\n z\r\n\r\n", "200 5 null"),
        odd(CHUNKED + "5\nhello\n0\n\n", "200 5 null"),
        odd(CHUNKED + "5\0\r\nhello\r\n" + LAST, "200 0 protocol"),
        odd(CHUNKED + five + "0\r\nTrailer: a\0b\r\n\r\n", "200 5 protocol"),
        odd(CHUNKED + five + "0\r\nno colon\r\n\r\n", "200 5 protocol"),
        odd(CHUNKED + "-5\r\nhello\r\n" + LAST, "200 0 protocol"),
        odd(CHUNKED + "g\r\nhello\r\n" + LAST, "200 0 protocol"),
        odd(CHUNKED + "fffffffffffffffff\r\nhello\r\n", "200 0 protocol"),
        odd(CHUNKED + "4\r\nhello\r\n" + LAST, "200 4 protocol"),
        odd(CHUNKED + five, "200 5 partial"),
        odd(CHUNKED + five + "0\r\n", "200 5 partial"));
  }

  private static List<Odd> interim() {
    String early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    return List.of(
        odd("HTTP/1.1 100 Continue\r\n\r\n" + OK + FIVE, "200 5 null"),
        odd(early.repeat(20) + OK + FIVE, "200 5 null"),
        odd(early.repeat(200) + OK + FIVE, "0 0 protocol"),
        odd(early, "0 0 empty_reply"),
        odd("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + FIVE, "101 0 protocol"),
        odd("HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\n" + FIVE, "302 0 protocol"));
  }

  private static List<Odd> all() {
    List<Odd> all = new ArrayList<>(statusLines());
    all.addAll(headerLines());
    all.addAll(lengths());
    all.addAll(codings());
    all.addAll(chunks());
    all.addAll(interim());
    return all;
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void eachEndsAsInCurlOrAsTheStandardSays(StrategyKind strategy) throws IOException {
    List<Odd> all = all();
    try (RawServer server =
        RawServer.start(connection -> {
          String head = connection.readRequest();
          int number = Integer.parseInt(head.replaceAll("(?s)^GET /(\\d+) .*", "$1"));
          connection.send(all.get(number).response());
        })) {
      StringBuilder list = new StringBuilder();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        list.append(server.url("/" + i)).append('\n');
        expected.add(i + " " + all.get(i).expected());
      }
      Ended ended =
          InProcess.fetch(
              list.toString(),
              "--format=jsonl",
              "--ordered",
              "--retry=0",
              "--max-time=20",
              "--fields=urlnum,response_code,size_download,error",
              "--strategy=" + strategy.name().toLowerCase(java.util.Locale.ROOT));
      assertThat(ended.out().lines().map(OddResponsesTest::row).toList())
          .containsExactlyElementsOf(expected);
      assertThat(ended.err()).doesNotContain("Exception", "\tat ", "limit=", "stream");
      assertThat(ended.code()).isEqualTo(1);
    }
  }

  private static String row(String record) {
    return record.replaceAll("\"\\w+\":|[{}\"]", "").replace(',', ' ');
  }
}
