package fetch.http;

import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.HashAlgorithm;
import fetch.Outcome;
import fetch.body.Directory;
import fetch.body.HashingSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rest of a body whose beginning came before: RFC 9110, sections 13.1.5 and 14. */
@Timeout(60)
class LeftoversTest {
  private static final String BODY = random(1);
  private static final String OTHER = random(2);
  private static final int CUT = 200_000;
  private static final String TAG = "ETag: \"v1\"\r\n";

  @TempDir Path folder;

  /** Each character is a byte. */
  private static String random(long seed) {
    byte[] bytes = new byte[300_000];
    new Random(seed).nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What a server sends: a header section, and as many bytes of a body as it will. */
  record Answer(String head, String bytes) {
    static Answer cut(String headers) {
      return ok(headers, BODY.substring(0, CUT));
    }

    static Answer ok(String headers, String bytes) {
      return new Answer("200 OK\r\nContent-Length: " + BODY.length() + "\r\n" + headers, bytes);
    }

    static Answer rest(String range, String headers, String bytes) {
      return new Answer(
          "206 Partial Content\r\nContent-Length: "
              + bytes.length()
              + "\r\n"
              + (range.isEmpty() ? "" : "Content-Range: " + range + "\r\n")
              + headers,
          bytes);
    }

    static Answer goodRest() {
      return rest("bytes 200000-299999/300000", TAG, from(CUT));
    }

    static String from(int start) {
      return BODY.substring(start);
    }
  }

  /** Answers one request on each connection, then closes. */
  private static RawServer serving(Answer... answers) throws IOException {
    return RawServer.start(connection -> {
      connection.readRequest();
      Answer answer = answers[Math.min(connection.number(), answers.length) - 1];
      connection.send("HTTP/1.1 " + answer.head() + "Connection: close\r\n\r\n");
      connection.send(answer.bytes());
    });
  }

  private Attempt attempt(RawServer server) throws IOException {
    return attempt(Exchanges.byDefault(), server);
  }

  /** Each attempt with a directory of its own, as another run has it. */
  private Attempt attempt(Exchanges exchanges, RawServer server) throws IOException {
    Directory directory =
        new Directory(folder, null, status -> status < 400, complaint -> {}, Clock.system());
    HashingSink sink = new HashingSink(List.of(HashAlgorithm.SHA256), status -> true, directory);
    return exchanges.bodies(sink).fetch(server.url("/a"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void assertWhole(Attempt attempt, String body) throws Exception {
    assertThat(attempt.outcome()).isInstanceOf(Outcome.Answered.class);
    assertThat(files()).containsExactly(Path.of(attempt.stored().file()));
    assertThat(files().getFirst()).hasFileName("a").hasBinaryContent(bytes(body));
    String hash =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(body)));
    assertThat(attempt.stored().digests()).containsEntry(HashAlgorithm.SHA256, hash);
  }

  private static String lastRequest(RawServer server) {
    return server.requests().getLast();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TAG,
        TAG + "Accept-Ranges: bytes\r\n",
        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: Sun, 06 Nov 1994 08:50:37 GMT\r\n"
      })
  void isAskedForWhereItIsKnownToBeOfTheSame(String headers) throws Exception {
    Answer rest = Answer.rest("bytes 200000-299999/300000", headers, Answer.from(CUT));
    try (RawServer server = serving(Answer.cut(headers), rest)) {
      assertThat(Exchanges.failed(attempt(server)).kind()).isEqualTo(FailureKind.PARTIAL);
      assertThat(files()).hasSize(1).first().asString().endsWith(".part").contains("/.fetch-");

      Attempt second = attempt(server);

      assertWhole(second, BODY);
      assertThat(second.outcome().status()).isEqualTo(206);
      assertThat(second.sizeDownload()).isEqualTo(BODY.length() - CUT);
      assertThat(server.requests()).hasSize(2);
      assertThat(lastRequest(server))
          .contains("Range: bytes=200000-\r\n")
          .contains("If-Range: ")
          .contains("Accept-Encoding: identity\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ETag: W/\"v1\"\r\n",
        "ETag: v1\r\n",
        "ETag: \"v1\"\r\nETag: \"v2\"\r\n",
        "ETag: \"v1\"\r\nAccept-Ranges: none\r\n",
        "ETag: \"v1\"\r\nContent-Encoding: identity\r\n",
        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: Sun, 06 Nov 1994 08:50:36 GMT\r\n",
        "ETag: W/\"v\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            + "Date: Mon, 07 Nov 1994 08:50:37 GMT\r\n"
      })
  void isNotAskedForWhereItMightBeOfAnother(String headers) throws Exception {
    try (RawServer server = serving(Answer.cut(headers), Answer.ok(headers, BODY))) {
      attempt(server);
      assertThat(files()).isEmpty();

      assertWhole(attempt(server), BODY);
      assertThat(lastRequest(server)).doesNotContain("Range:");
    }
  }

  @Test
  void givesWayToAChangedBody() throws Exception {
    Answer changed = Answer.ok("ETag: \"v2\"\r\n", OTHER);
    try (RawServer server = serving(Answer.cut(TAG), changed)) {
      attempt(server);
      assertWhole(attempt(server), OTHER);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void givesWayToAServerThatSendsEverythingAgain() throws Exception {
    try (RawServer server = serving(Answer.cut(TAG), Answer.ok(TAG, BODY))) {
      attempt(server);
      assertWhole(attempt(server), BODY);
      assertThat(lastRequest(server)).contains("Range: bytes=200000-");
    }
  }

  static Stream<Answer> misused() {
    String rest = Answer.from(CUT);
    return Stream.of(
        Answer.rest("", TAG, rest),
        Answer.rest("bytes 0-99999/300000", TAG, rest),
        Answer.rest("bytes 199999-299998/300000", TAG, rest),
        Answer.rest("bytes 199999-299999/300000", TAG, "x" + rest),
        Answer.rest("bytes 200001-300000/300001", TAG, rest),
        Answer.rest("bytes 200000-299999/*", TAG, rest),
        Answer.rest("bytes 200000-299999/400000", TAG, rest),
        Answer.rest("bytes 200000-299998/300000", TAG, rest),
        Answer.rest("bytes 200000-299999/300000", TAG, rest.substring(0, 99_000)),
        Answer.rest("bytes 200000-299999/300000", TAG, rest + "x"),
        Answer.rest("bytes 200000-199999/300000", TAG, rest),
        Answer.rest("octets 200000-299999/300000", TAG, rest),
        Answer.rest("bytes 200000-299999/99999999999999999999", TAG, rest),
        Answer.rest("bytes 200000-299999/300000", "ETag: \"v2\"\r\n", rest),
        Answer.rest("bytes 200000-299999/300000", TAG + "Content-Encoding: gzip\r\n", rest),
        Answer.rest("", TAG + "Content-Type: multipart/byteranges; boundary=x\r\n", rest),
        new Answer("416 Range Not Satisfiable\r\nContent-Length: 0\r\n", ""));
  }

  @ParameterizedTest
  @MethodSource("misused")
  void isNeverTakenForWhatItIsNot(Answer misused) throws Exception {
    try (RawServer server = serving(Answer.cut(TAG), misused, Answer.ok(TAG, BODY))) {
      attempt(server);
      Attempt second = attempt(server);

      assertWhole(second, BODY);
      assertThat(server.requests()).hasSize(3);
      assertThat(lastRequest(server)).doesNotContain("Range:");
    }
  }

  @Test
  void mayItselfBeCut() throws Exception {
    String rest = Answer.from(CUT).substring(0, 70_000);
    String length = "206 Partial Content\r\nContent-Length: 100000\r\n";
    Answer cutAgain =
        new Answer(length + "Content-Range: bytes 200000-299999/300000\r\n" + TAG, rest);
    Answer last = Answer.rest("bytes 270000-299999/300000", TAG, Answer.from(270_000));
    try (RawServer server = serving(Answer.cut(TAG), cutAgain, last)) {
      attempt(server);
      assertThat(Exchanges.failed(attempt(server)).kind()).isEqualTo(FailureKind.PARTIAL);
      assertWhole(attempt(server), BODY);
      assertThat(lastRequest(server)).contains("Range: bytes=270000-");
    }
  }

  @Test
  void waitsWhileTheServerIsBusy() throws Exception {
    Answer busy = new Answer("503 Busy\r\nContent-Length: 0\r\n", "");
    try (RawServer server = serving(Answer.cut(TAG), busy, Answer.goodRest())) {
      attempt(server);
      attempt(server);
      assertThat(files()).hasSize(1);
      assertWhole(attempt(server), BODY);
    }
  }

  @Test
  void waitsWhileTheServerIsAway() throws Exception {
    RawServer.Script script =
        connection -> {
          connection.readRequest();
          if (connection.number() != 2) {
            Answer answer = connection.number() == 1 ? Answer.cut(TAG) : Answer.goodRest();
            connection.send("HTTP/1.1 " + answer.head() + "\r\n");
            connection.send(answer.bytes());
          }
        };
    try (RawServer server = RawServer.start(script)) {
      attempt(server);
      assertThat(Exchanges.failed(attempt(server)).kind()).isEqualTo(FailureKind.EMPTY_REPLY);
      assertWhole(attempt(server), BODY);
    }
  }

  @Test
  void isNotAskedForElsewhere() throws Exception {
    Answer first = new Answer("302 Found\r\nContent-Length: 0\r\nLocation: /x\r\n", "");
    Answer second = new Answer("302 Found\r\nContent-Length: 0\r\nLocation: /y\r\n", "");
    try (RawServer server = serving(first, Answer.cut(TAG), second, Answer.ok(TAG, OTHER))) {
      attempt(server);
      assertWhole(attempt(server), OTHER);
      assertThat(server.requests()).noneMatch(request -> request.contains("Range:"));
    }
  }

  @Test
  void isAskedForBehindARedirect() throws Exception {
    Answer moved = new Answer("302 Found\r\nContent-Length: 0\r\nLocation: /x\r\n", "");
    try (RawServer server = serving(moved, Answer.cut(TAG), moved, Answer.goodRest())) {
      attempt(server);
      assertWhole(attempt(server), BODY);
      assertThat(server.requests().get(2)).doesNotContain("Range:");
      assertThat(server.requests().get(3)).contains("Range: bytes=200000-");
    }
  }

  @Test
  void isLeftToThoseWhoAskForPartsThemselves() throws Exception {
    try (RawServer server = serving(Answer.cut(TAG), Answer.cut(TAG), Answer.ok(TAG, BODY))) {
      attempt(Exchanges.byDefault().range("0-299999"), server);
      assertThat(files()).isEmpty();
      attempt(Exchanges.byDefault().header("If-Match", "\"v1\""), server);
      assertThat(files()).isEmpty();
      assertWhole(attempt(server), BODY);
      assertThat(lastRequest(server)).doesNotContain("Range:");
    }
  }

  @Test
  void isNotGoneOnWithWhenItWasLeftInDisorder() throws Exception {
    for (int missing : List.of(1, 20, 100_000)) {
      try (RawServer server = serving(Answer.cut(TAG), Answer.ok(TAG, BODY))) {
        attempt(server);
        Path part = files().getFirst();
        byte[] bytes = Files.readAllBytes(part);
        Files.write(part, Arrays.copyOf(bytes, bytes.length - missing));

        assertWhole(attempt(server), BODY);
        assertThat(lastRequest(server)).doesNotContain("Range:");
        Files.delete(files().getFirst());
      }
      try (Stream<Path> all = Files.list(folder)) {
        assertThat(all.allMatch(Files::isDirectory)).isTrue();
      }
    }
  }

  @Test
  void countsForTheLargestFile() throws Exception {
    try (RawServer server = serving(Answer.cut(TAG), Answer.goodRest())) {
      attempt(server);
      Attempt second = attempt(Exchanges.byDefault().maxFilesize(299_999), server);
      assertThat(Exchanges.failed(second).kind()).isEqualTo(FailureKind.TOO_LARGE);
    }
  }

  @Test
  void comesOnRetryInTheSameRunToo() throws Exception {
    Directory directory =
        new Directory(folder, null, status -> status < 400, complaint -> {}, Clock.system());
    try (RawServer server = serving(Answer.cut(TAG), Answer.goodRest());
        OkHttpExchange exchange = Exchanges.byDefault().bodies(directory).build()) {
      exchange.execute(request(server.url("/a")));
      Attempt second = exchange.execute(request(server.url("/a")));
      assertThat(Path.of(second.stored().file())).hasBinaryContent(bytes(BODY));
      assertThat(second.outcome().status()).isEqualTo(206);
    }
  }

  @Test
  void isNotMistakenForAnotherUrls() throws Exception {
    try (RawServer server = serving(Answer.cut(TAG), Answer.ok(TAG, OTHER));
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .bodies(
                    new Directory(folder, null, status -> true, complaint -> {}, Clock.system()))
                .build()) {
      exchange.execute(request(server.url("/a")));
      Attempt other = exchange.execute(request(server.url("/b")));
      assertThat(Path.of(other.stored().file())).hasFileName("b").hasBinaryContent(bytes(OTHER));
      assertThat(lastRequest(server)).doesNotContain("Range:");
    }
  }
}
