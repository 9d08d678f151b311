package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Outcome;
import fetch.body.BodyDirectory;
import fetch.http.Exchanges.Way;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.warc.ArchivedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the archive says of bodies that did not come to their end: WARC 1.1, section 5.13. */
@Timeout(60)
class CutBodiesInArchivesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String SHORT = OK + "Content-Length: 10\r\n\r\n";
  private static final String LONG = OK + "Content-Length: 100000\r\n\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String UNTIL_CLOSED = OK + "\r\n";
  private static final String GZIP = OK + "Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n";
  private static final String OLD = "HTTP/1.0 200 OK\r\n\r\n";
  private static final String CHUNK = "5\r\nhello\r\n";

  @TempDir Path folder;
  private RecordedArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = new RecordedArchive(folder);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  /** Sends these bytes and no more, until the client goes away. */
  private static RawServer stalling(String sent) throws IOException {
    return RawServer.start(connection -> {
      connection.readRequest();
      connection.send(sent);
      connection.awaitClose();
    });
  }

  private void assertCut(String reason, String content) throws IOException {
    ArchivedRecord answer = archive.answer();
    assertThat(answer.header("WARC-Truncated")).isEqualTo(reason);
    assertThat(answer.header("WARC-Payload-Digest")).isNull();
    assertThat(answer.text()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHORT,
        SHORT + "hello",
        LONG,
        LONG + "hello",
        CHUNKED,
        CHUNKED + CHUNK,
        CHUNKED + CHUNK + "0\r\n",
        UNTIL_CLOSED,
        UNTIL_CLOSED + "hello",
        OLD + "hello",
        GZIP,
        GZIP + "\u001f\u008b"
      })
  void endWithTheTime(String sent) throws Exception {
    try (RawServer server = stalling(sent)) {
      Exchanges exchanges = archive.exchanges().maxTime(Duration.ofMillis(300));
      assertThat(exchanges.failure(server.url("/")).kind()).isEqualTo(FailureKind.TIMEOUT);

      assertCut("time", sent);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SHORT + "hello", LONG + "hello", CHUNKED + CHUNK, OLD + "hello"})
  void endWithTheLeastSpeed(String sent) throws Exception {
    try (RawServer server = stalling(sent)) {
      Exchanges exchanges = archive.exchanges().speedLimit(1000, Duration.ofMillis(300));
      assertThat(exchanges.failure(server.url("/")).kind()).isEqualTo(FailureKind.TIMEOUT);

      assertCut("time", sent);
    }
  }

  @ParameterizedTest
  @CsvSource({"DEADLINE, EXECUTE", "DEADLINE, ENQUEUE"})
  void endWithTheRun(FailureKind reason, Way way) throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(UNTIL_CLOSED + "hello");
              sent.countDown();
              connection.awaitClose();
            });
        OkHttpExchange exchange = archive.exchanges().build()) {
      CompletableFuture<Attempt> attempt = way.start(exchange, Exchanges.request(server.url("/")));
      sent.await();
      exchange.cancelAll(reason);

      assertThat(Exchanges.failed(attempt.get()).kind()).isEqualTo(reason);
      assertThat(archive.answers())
          .allMatch(answer -> "time".equals(answer.header("WARC-Truncated")));
    }
  }

  /** The head comes when the time is nearly up, or just up: none may pass for whole. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void endWithTheTimeBeforeTheyBegin(Way way) throws Exception {
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              int millis = 480 + connection.number() % 40;
              new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
              connection.send(SHORT);
              connection.awaitClose();
            });
        OkHttpExchange exchange =
            archive.exchanges().maxTime(Duration.ofMillis(500)).workers(100).build()) {
      List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        attempts.add(way.start(exchange, Exchanges.request(server.url("/" + i))));
      }
      for (CompletableFuture<Attempt> attempt : attempts) {
        assertThat(Exchanges.failed(attempt.get()).kind()).isEqualTo(FailureKind.TIMEOUT);
      }

      assertThat(archive.answers())
          .allMatch(answer -> "time".equals(answer.header("WARC-Truncated")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHORT,
        SHORT + "hello",
        LONG + "hello",
        CHUNKED + CHUNK,
        CHUNKED + CHUNK + "0\r\n"
      })
  void endWithTheConnection(String sent) throws Exception {
    try (RawServer server = RawServer.answeringOnce(sent)) {
      assertThat(archive.exchanges().failure(server.url("/")).kind())
          .isEqualTo(FailureKind.PARTIAL);

      assertCut("disconnect", sent);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SHORT + "hello", CHUNKED + CHUNK, UNTIL_CLOSED + "hello"})
  void endWithAReset(String sent) throws Exception {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(sent);
          connection.reset();
        })) {
      archive.exchanges().fetch(server.url("/"));

      assertThat(archive.answers())
          .allMatch(answer -> "disconnect".equals(answer.header("WARC-Truncated")));
    }
  }

  @Test
  void endWithChunksThatAreNone() throws Exception {
    try (RawServer server = RawServer.answering(CHUNKED + CHUNK + "x\r\n")) {
      assertThat(archive.exchanges().failure(server.url("/")).kind())
          .isEqualTo(FailureKind.PROTOCOL);

      assertThat(archive.answer().header("WARC-Truncated")).isEqualTo("unspecified");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LONG, UNTIL_CLOSED, CHUNKED + "10000\r\n"})
  void endWithTheLargestSize(String head) throws Exception {
    try (RawServer server = stalling(head + "x".repeat(40_000))) {
      assertThat(archive.exchanges().maxFilesize(20_000).failure(server.url("/")).kind())
          .isEqualTo(FailureKind.TOO_LARGE);

      assertThat(archive.answer().header("WARC-Truncated")).isEqualTo("length");
      assertThat(archive.answer().header("WARC-Payload-Digest")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Content-Length: 100\r\n', disconnect, false",
    "'Content-Length: 100\r\n', time, true",
    "'', time, true"
  })
  void endAfterTheirCodingBroke(String length, String reason, boolean stalls) throws Exception {
    String sent = OK + "Content-Encoding: gzip\r\n" + length + "\r\nthis is no gzip";
    try (RawServer server = stalls ? stalling(sent) : RawServer.answeringOnce(sent)) {
      archive.exchanges().maxTime(Duration.ofMillis(500)).failure(server.url("/"));

      assertCut(reason, sent);
    }
  }

  @ParameterizedTest
  @CsvSource({"disconnect, false", "time, true"})
  void endOnTheWayOfARedirect(String reason, boolean stalls) throws Exception {
    String sent = "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 100\r\n\r\nmoved";
    try (RawServer server =
        RawServer.start(connection -> {
          if (connection.readRequest().startsWith("GET /a ")) {
            connection.send(sent);
            if (stalls) {
              connection.awaitClose();
            }
          } else {
            connection.send(SHORT + "0123456789");
          }
        })) {
      Attempt attempt = archive.exchanges().maxTime(Duration.ofSeconds(2)).fetch(server.url("/a"));

      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      ArchivedRecord first = archive.answers().getFirst();
      assertThat(first.text()).isEqualTo(sent);
      assertThat(first.header("WARC-Truncated")).isEqualTo(reason);
    }
  }

  /** The server sends as long as the client reads. */
  @Test
  void endOnTheWayOfARedirectAfterAMegabyte() throws Exception {
    String block = "x".repeat(64 * 1024);
    try (RawServer server =
        RawServer.start(connection -> {
          if (connection.readRequest().startsWith("GET /b ")) {
            connection.send(SHORT + "0123456789");
            return;
          }
          connection.send("HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n");
          for (int i = 0; i < 10_000; i++) {
            connection.send(block);
          }
        })) {
      Attempt attempt = archive.exchanges().fetch(server.url("/a"));

      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      ArchivedRecord first = archive.answers().getFirst();
      assertThat(first.header("WARC-Truncated")).isEqualTo("length");
      assertThat(first.text()).hasSizeBetween(1 << 20, 1 << 21);
    }
  }

  @Test
  void endWhereARobotsTxtIsLongEnough() throws Exception {
    String rules = "# long\n".repeat(100_000);
    for (String head :
        List.of(
            OK + "Content-Length: " + rules.length() + "\r\n\r\n",
            OK + "Connection: close\r\n\r\n",
            CHUNKED + Integer.toHexString(rules.length()) + "\r\n")) {
      try (RawServer server = RawServer.answeringOnce(head + rules);
          OkHttpExchange exchange = archive.exchanges().build()) {
        FetchRequest plain = Exchanges.request(server.url("/robots.txt"));
        Attempt attempt =
            exchange.execute(new FetchRequest(0, plain.input(), plain.target(), true));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      }
    }
    assertThat(archive.answers())
        .extracting(answer -> answer.header("WARC-Truncated"))
        .containsExactly("length", "length", "length");
  }

  @Test
  void areWholeWhereOnlyTheirFileCannotBe() throws Exception {
    String sent = "HTTP/1.1 206 Partial Content\r\nContent-Length: 5\r\n\r\nhello";
    try (RawServer server = RawServer.answering(sent)) {
      BodyDirectory directory =
          new BodyDirectory(folder, null, status -> true, complaint -> {}, Clock.system());
      archive.exchanges().bodies(directory).failure(server.url("/"));

      assertThat(archive.answer().text()).isEqualTo(sent);
      assertThat(archive.answer().header("WARC-Truncated")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void areWholeWhereThereIsNone(int status) throws Exception {
    String head = "HTTP/1.1 " + status + " X\r\nContent-Length: 5\r\n\r\n";
    try (RawServer server = RawServer.answeringOnce(head)) {
      archive.exchanges().fetch(server.url("/"));

      assertThat(archive.answer().text()).isEqualTo(head);
      assertThat(archive.answer().header("WARC-Truncated")).isNull();
    }
  }

  private static RawServer speakingHttp2(String length, String coding, String body)
      throws IOException {
    return RawServer.start(connection ->
        Http2Frames.serve(
            connection,
            (stream, to) -> {
              byte[] fields =
                  Http2Frames.join(
                      Http2Frames.status200(),
                      Http2Frames.field("content-length", length),
                      Http2Frames.field("content-encoding", coding));
              to.send(Http2Frames.response(stream, fields, body));
            }));
  }

  @ParameterizedTest
  @CsvSource({
    "10, identity, hello, disconnect",
    "10, gzip, hello, disconnect",
    "3, identity, hello, unspecified"
  })
  void areNotWholeOverHttp2WhereTheirLengthIsAnother(
      String length, String coding, String body, String reason) throws Exception {
    try (RawServer server = speakingHttp2(length, coding, body)) {
      archive.exchanges().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE).failure(server.url("/"));

      assertThat(archive.answer().header("WARC-Truncated")).isEqualTo(reason);
      assertThat(archive.answer().header("WARC-Payload-Digest")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, disconnect", "8, disconnect"})
  void endWithTheirStream(int code, String reason) throws Exception {
    try (RawServer server =
        RawServer.start(connection ->
            Http2Frames.serve(
                connection,
                (stream, to) -> {
                  byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
                  to.send(
                      Http2Frames.join(
                          Http2Frames.frame(
                              Http2Frames.HEADERS,
                              Http2Frames.END_HEADERS,
                              stream,
                              Http2Frames.status200()),
                          Http2Frames.frame(Http2Frames.DATA, 0, stream, hello),
                          Http2Frames.reset(stream, code)));
                }))) {
      archive.exchanges().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE).failure(server.url("/"));

      assertThat(archive.answers())
          .allMatch(answer -> reason.equals(answer.header("WARC-Truncated")));
    }
  }
}
