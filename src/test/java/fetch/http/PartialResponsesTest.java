package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.body.BodyDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses with part of a body: RFC 9110, sections 14.4 and 15.3.7. */
@Timeout(60)
class PartialResponsesTest {
  private static final String HELLO = "Content-Length: 5\r\n\r\nhello";

  @TempDir Path folder;

  private Attempt attempt(Exchanges exchanges, String head) throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 " + head)) {
      return exchanges
          .bodies(
              new BodyDirectory(
                  folder, null, null, status -> true, complaint -> {}, Clock.system()))
          .fetch(server.url("/a"));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content\r\n",
        "206 Partial Content\r\nContent-Range: bytes 0-4/10\r\n",
        "206 Partial Content\r\nContent-Range: bytes 5-9/10\r\n",
        "206 Partial Content\r\nContent-Range: bytes 0-4/*\r\n",
        "206 Partial Content\r\nContent-Range: bytes */5\r\n",
        "206 Partial Content\r\nContent-Range: bytes 0-4/5\r\nContent-Range: bytes 0-4/10\r\n",
        "206 Partial Content\r\nContent-Range: bytes 0-4/4\r\n",
        "206 Partial Content\r\nContent-Range: bytes 0-4/99999999999999999999999\r\n",
        "206 Partial Content\r\nContent-Range: bytes x\r\n",
        "206 Partial Content\r\nContent-Range: items 0-9/100\r\n",
        "206 Partial Content\r\nContent-Range: 0-9/100\r\n",
        "206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=x\r\n",
        "200 OK\r\nContent-Range: bytes 5-9/10\r\n",
        "200 OK\r\ncontent-RANGE:\t BYTES  5 - 9 / 10 \r\n",
        "200 OK\r\nContent-Range: bytes=0-4/10\r\n",
        "200 OK\r\nContent-Range: bytes: 5-9/*\r\n",
        "200 OK\r\nContent-Range: bytes 0-4/99999999999999999999999\r\n",
        "200 OK\r\nContent-Range: bytes 0-4/5\r\nContent-Range: bytes 0-4/10\r\n",
        "203 Other\r\nContent-Range: bytes 5-9/10\r\n",
        "226 IM Used\r\nContent-Range: bytes 5-9/10\r\n",
        "404 Not Found\r\nContent-Range: bytes 5-9/10\r\n"
      })
  void areNeverTakenForTheBody(String head) throws Exception {
    Attempt attempt = attempt(Exchanges.byDefault(), head + HELLO);

    assertThat(Exchanges.failed(attempt).kind()).isEqualTo(FailureKind.PARTIAL);
    assertThat(Exchanges.failed(attempt).message()).startsWith("the server sent part of the body");
    assertThat(attempt.outcome().status()).isEqualTo(Integer.parseInt(head.substring(0, 3)));
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content\r\nContent-Range: bytes 0-4/5\r\n",
        "206 Partial Content\r\nContent-Range: Bytes 00-04/005\r\n",
        "200 OK\r\nContent-Range: bytes 0-4/5\r\n",
        "200 OK\r\nContent-Range: bytes 0-4/*\r\n",
        "200 OK\r\nContent-Range: bytes */5\r\n",
        "200 OK\r\nContent-Range: posts 0-24/319\r\n",
        "200 OK\r\nContent-Range: 0-24/319\r\n",
        "200 OK\r\nContent-Range: none\r\n",
        "200 OK\r\nContent-Range:\r\n",
        "416 Range Not Satisfiable\r\nContent-Range: bytes */100\r\n",
        "404 Not Found\r\nContent-Range: bytes 0-99/100\r\n"
      })
  void areWholeWhereTheyLeaveNothingOut(String head) throws Exception {
    Attempt attempt = attempt(Exchanges.byDefault(), head + HELLO);

    int status = Integer.parseInt(head.substring(0, 3));
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(status));
    assertThat(files()).hasSize(1);
    assertThat(files().getFirst()).hasContent("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content\r\nContent-Range: bytes 0-9/10\r\n",
        "200 OK\r\nContent-Range: bytes 0-9/10\r\n",
        "200 OK\r\nContent-Range: bytes 0-9/*\r\n"
      })
  void haveAsManyBytesAsTheySay(String head) throws Exception {
    Attempt attempt = attempt(Exchanges.byDefault(), head + HELLO);

    assertThat(Exchanges.failed(attempt).kind()).isEqualTo(FailureKind.PARTIAL);
    assertThat(Exchanges.failed(attempt).message()).contains("5 bytes", "10");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content\r\nContent-Range: bytes 0-4/10\r\n",
        "206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=x\r\n",
        "200 OK\r\nContent-Range: bytes 0-4/10\r\n",
        "200 OK\r\n"
      })
  void areWhatWasWantedWhereTheUserSaysSo(String head) throws Exception {
    for (Exchanges exchanges :
        List.of(
            Exchanges.byDefault().range("0-4"),
            Exchanges.byDefault().header("range", "bytes=0-4"))) {
      Attempt attempt = attempt(exchanges, head + HELLO);

      assertThat(attempt.outcome()).isInstanceOf(Outcome.Responded.class);
      assertThat(Path.of(attempt.representation().stored().file())).hasContent("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content\r\nContent-Length: 5\r\n\r\n",
        "204 No Content\r\nContent-Range: bytes 5-9/10\r\n\r\n",
        "304 Not Modified\r\nContent-Range: bytes 5-9/10\r\n\r\n"
      })
  void areNoPartsWithoutABody(String head) throws Exception {
    boolean headOnly = head.startsWith("206");
    Exchanges exchanges = Exchanges.byDefault().method(headOnly ? "HEAD" : "GET");

    assertThat(attempt(exchanges, head).outcome()).isInstanceOf(Outcome.Responded.class);
  }

  @Test
  void areFollowedWhereTheyRedirect() throws Exception {
    try (RawServer server =
        RawServer.start(connection -> {
          String moved = "302 Found\r\nLocation: /b\r\nContent-Range: bytes 5-9/10\r\n";
          for (String head = connection.readRequest(); head != null; ) {
            connection.send("HTTP/1.1 " + (head.startsWith("GET /a ") ? moved : "200 OK\r\n"));
            connection.send(HELLO);
            head = connection.readRequest();
          }
        })) {
      assertThat(Exchanges.byDefault().fetch(server.url("/a")).outcome())
          .isEqualTo(new Outcome.Responded(200));
    }
  }
}
