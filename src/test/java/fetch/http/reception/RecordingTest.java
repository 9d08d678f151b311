package fetch.http.reception;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Outcome;
import fetch.http.Exchanges;
import fetch.http.Exchanges.Way;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import fetch.http.RecordedArchive;
import fetch.warc.ArchivedRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an exchange gets into the archive. */
@Timeout(60)
class RecordingTest {
  private static final String STRANGE =
      "HTTP/1.1 200 Very  Fine\r\n"
          + "content-LENGTH:   5\r\n"
          + "x-Empty:\r\n"
          + "X-Twice: b\r\n"
          + "X-Twice: a\r\n\r\n";

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

  private Exchanges exchanges() {
    return archive.exchanges();
  }

  private List<ArchivedRecord> answers() throws IOException {
    return archive.answers();
  }

  private ArchivedRecord answer() throws IOException {
    return archive.answer();
  }

  private List<ArchivedRecord> requests() throws IOException {
    return archive.requests();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void keepsAnExchangeAsItWasOnTheWire(Way way) throws Exception {
    try (RawServer server = RawServer.answering(STRANGE + "hello");
        OkHttpExchange exchange = exchanges().header("X-mIxEd", "a  b").build()) {
      FetchRequest request = Exchanges.request(server.url("/a?b=c#d"));
      Attempt attempt = way.start(exchange, request).get();

      assertThat(attempt.representation().stored().file()).isEqualTo(archive.file().toString());
      assertThat(answer().text()).isEqualTo(STRANGE + "hello");
      assertThat(requests().getFirst().text()).isEqualTo(server.requests().getFirst());
      assertThat(answer().header("WARC-Target-URI")).isEqualTo(server.url("/a?b=c"));
      assertThat(answer().header("WARC-IP-Address")).isEqualTo("127.0.0.1");
      assertThat(answer().header("WARC-Truncated")).isNull();
      assertThat(requests().getFirst().header("WARC-Concurrent-To"))
          .isEqualTo(answer().header("WARC-Record-ID"));
    }
  }

  @Test
  void keepsChunksAsTheyCame() throws Exception {
    String body = "5;x=\"y\"\r\nhello\r\n006\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n";
    String head = "HTTP/1.1 200 OK\r\ntransfer-encoding:chunked\r\n\r\n";
    try (RawServer server = RawServer.answering(head + body)) {
      exchanges().fetch(server.url("/"));

      assertThat(answer().text()).isEqualTo(head + body);
      assertThat(answer().payload()).asString().isEqualTo("hello world");
    }
  }

  @Test
  void tellsTheAnswersOnOneConnectionApart() throws Exception {
    try (RawServer server =
            RawServer.start(connection -> {
              for (int i = 0; connection.readRequest() != null; i++) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i);
              }
            });
        OkHttpExchange exchange = exchanges().build()) {
      for (int i = 0; i < 5; i++) {
        exchange.execute(Exchanges.request(server.url("/" + i)));
      }

      assertThat(server.connections()).isEqualTo(1);
      assertThat(answers())
          .extracting(ArchivedRecord::text)
          .extracting(text -> text.substring(text.length() - 5))
          .containsExactly("\r\n\r\n0", "\r\n\r\n1", "\r\n\r\n2", "\r\n\r\n3", "\r\n\r\n4");
      assertThat(requests())
          .extracting(ArchivedRecord::text)
          .containsExactlyElementsOf(server.requests());
    }
  }

  @Test
  void leavesInterimAnswersOut() throws Exception {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\n\n";
    try (RawServer server = RawServer.answering(interim + STRANGE + "hello")) {
      exchanges().fetch(server.url("/"));

      assertThat(answer().text()).isEqualTo(STRANGE + "hello");
    }
  }

  @Test
  void leavesOutWhatFollowsAnAnswer() throws Exception {
    try (RawServer server = RawServer.answeringOnce(STRANGE + "helloHTTP/1.1 200 OK\r\n\r\n")) {
      exchanges().fetch(server.url("/"));

      assertThat(answer().text()).isEqualTo(STRANGE + "hello");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void someAnswersHaveNoBody(int status) throws Exception {
    String head = "HTTP/1.1 " + status + " X\r\nX-A: b\r\n\r\n";
    try (RawServer server = RawServer.answering(head)) {
      exchanges().fetch(server.url("/"));

      assertThat(answer().text()).isEqualTo(head);
      assertThat(answer().header("WARC-Truncated")).isNull();
    }
  }

  @Test
  void answersToHeadHaveNoBody() throws Exception {
    try (RawServer server = RawServer.answering(STRANGE)) {
      exchanges().method("HEAD").fetch(server.url("/"));

      assertThat(answer().text()).isEqualTo(STRANGE);
      assertThat(answer().header("WARC-Truncated")).isNull();
    }
  }

  @Test
  void keepsWhatEndsWithTheConnection() throws Exception {
    try (RawServer server = RawServer.answeringOnce("HTTP/1.0 200 OK\r\n\r\nall of it")) {
      exchanges().fetch(server.url("/"));

      assertThat(answer().text()).isEqualTo("HTTP/1.0 200 OK\r\n\r\nall of it");
      assertThat(answer().header("WARC-Truncated")).isNull();
    }
  }

  @Test
  void keepsEachAnswerOnAWayOfRedirects() throws Exception {
    String moved = "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 4\r\n\r\ngone";
    try (RawServer server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest(); head != null; ) {
            connection.send(head.startsWith("GET /a ") ? moved : STRANGE + "hello");
            head = connection.readRequest();
          }
        })) {
      Attempt attempt = exchanges().fetch(server.url("/a"));

      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(answers())
          .extracting(ArchivedRecord::text)
          .containsExactly(moved, STRANGE + "hello");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void keepsTheBodyOfARedirectThatIsNotFollowed() throws Exception {
    String moved = "HTTP/1.1 302 Found\r\nLocation: ftp://x/\r\nContent-Length: 4\r\n\r\ngone";
    try (RawServer server = RawServer.answering(moved)) {
      exchanges().failure(server.url("/a"));

      assertThat(answer().text()).isEqualTo(moved);
      assertThat(answer().header("WARC-Truncated")).isNull();
    }
  }

  @Test
  void keepsWhatCameBeforeTheConnectionBroke() throws Exception {
    try (RawServer server = RawServer.answeringOnce(STRANGE + "hel")) {
      assertThat(exchanges().failure(server.url("/")).kind()).isEqualTo(FailureKind.PARTIAL);

      assertThat(answer().text()).isEqualTo(STRANGE + "hel");
      assertThat(answer().header("WARC-Truncated")).isEqualTo("disconnect");
    }
  }

  @Test
  void keepsWhatCameInTime() throws Exception {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(STRANGE + "hel");
          connection.awaitClose();
        })) {
      exchanges().maxTime(Duration.ofMillis(500)).failure(server.url("/"));

      assertThat(answer().text()).isEqualTo(STRANGE + "hel");
      assertThat(answer().header("WARC-Truncated")).isEqualTo("time");
    }
  }

  @Test
  void keepsWhatCameOfABodyThatIsTooLarge() throws Exception {
    String chunks = "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n";
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawServer server = RawServer.answering(head + chunks)) {
      exchanges().maxFilesize(7).failure(server.url("/"));

      assertThat(answer().text()).startsWith(head + "5\r\nhello\r\n5\r\nworld");
      assertThat(answer().header("WARC-Truncated")).isEqualTo("length");
    }
  }

  @Test
  void keepsTheHeadOfABodyThatIsTooLargeFromTheStart() throws Exception {
    try (RawServer server = RawServer.answering(STRANGE + "hello")) {
      exchanges().maxFilesize(4).failure(server.url("/"));

      assertThat(answer().text()).startsWith(STRANGE);
      assertThat(answer().header("WARC-Truncated")).isEqualTo("length");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\nContent-Len"})
  void keepsNothingWhereThereIsNoAnswer(String sent) throws Exception {
    try (RawServer server = RawServer.answeringOnce(sent)) {
      exchanges().failure(server.url("/"));

      assertThat(ArchivedRecord.all(archive.file())).hasSize(1);
    }
  }

  @Test
  void keepsNoSecrets() throws Exception {
    try (RawServer server = RawServer.answering(STRANGE + "hello")) {
      exchanges()
          .user("me:secret1")
          .cookie("a=secret2")
          .header("proxy-AUTHORIZATION", "secret3")
          .fetch("http://u:secret4@127.0.0.1:" + server.port() + "/");

      String kept = requests().getFirst().text();
      assertThat(server.requests().getFirst()).contains("secret2", "secret3", "Basic ");
      assertThat(kept).contains("\r\nAuthorization: ***\r\n", "\r\nCookie: ***\r\n");
      assertThat(kept)
          .contains("\r\nproxy-AUTHORIZATION: ***\r\n")
          .doesNotContain("secret", "Basic");
      assertThat(answer().header("WARC-Target-URI")).isEqualTo(server.url("/"));
    }
  }
}
