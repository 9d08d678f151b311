package fetch.http;

import static fetch.http.CutBody.BODY;
import static fetch.http.CutBody.CUT;
import static fetch.http.CutBody.OTHER;
import static fetch.http.CutBody.RANGE;
import static fetch.http.CutBody.TAG;
import static fetch.http.CutBody.bytes;
import static fetch.http.CutBody.lastRequest;
import static fetch.http.CutBody.serving;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.HashAlgorithm;
import fetch.Meta;
import fetch.Outcome;
import fetch.body.BodyDirectory;
import fetch.body.HashingSink;
import fetch.http.CutBody.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done where a server does anything else than send the rest of a body. */
@Timeout(60)
class RefusedRangesTest {
  @TempDir Path folder;

  private Attempt attempt(RawServer server) throws IOException {
    return new CutBody(folder).attempt(server);
  }

  private List<Path> files() throws IOException {
    return new CutBody(folder).files();
  }

  private void assertWhole(Attempt attempt, String body) throws Exception {
    new CutBody(folder).assertWhole(attempt, body);
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
        Answer.rest(RANGE, TAG + "Content-Range: " + RANGE + "\r\n", rest),
        new Answer("200 OK\r\nContent-Length: 100000\r\nContent-Range: " + RANGE + "\r\n", rest),
        new Answer("200 OK\r\nContent-Range: BYTES=200000-299999/*\r\n", rest),
        new Answer("200 OK\r\nContent-Length: 100000\r\n" + TAG, rest),
        new Answer("200 OK\r\nContent-Type: Multipart/ByteRanges; boundary=x\r\n", rest),
        new Answer("203 Other\r\nContent-Range: " + RANGE + "\r\n" + TAG, rest),
        new Answer("206 Partial Content\r\nContent-Range: " + RANGE + "\r\n" + TAG, rest + "x"),
        new Answer("200 OK\r\nTransfer-Encoding: gzip\r\n" + TAG, rest));
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

  @ParameterizedTest
  @ValueSource(
      ints = {400, 401, 403, 404, 405, 406, 410, 412, 413, 416, 421, 429, 500, 501, 502, 503, 599})
  void isForgottenWhereTheServerRefusesToSendIt(int status) throws Exception {
    Answer refusal =
        new Answer(status + " No\r\nContent-Length: 4\r\nRetry-After: 100\r\n", "gone");
    try (RawServer server = serving(Answer.cut(TAG), refusal, Answer.ok(TAG, BODY))) {
      attempt(server);
      Attempt second = attempt(server);

      assertWhole(second, BODY);
      assertThat(second.outcome().status()).isEqualTo(200);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(1)).contains("Range: bytes=200000-");
      assertThat(lastRequest(server)).doesNotContain("Range:");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 503})
  void isRequestedOnceWithoutARangeWhateverComes(int status) throws Exception {
    Answer refusal = new Answer(status + " No\r\nContent-Length: 0\r\n", "");
    try (RawServer server = serving(Answer.cut(TAG), refusal, refusal, Answer.goodRest())) {
      attempt(server);
      Attempt second = attempt(server);

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(status));
      assertThat(server.requests()).hasSize(3);
      assertThat(files()).as("it may be the server's trouble of the moment").hasSize(1);
      assertWhole(attempt(server), BODY);
    }
  }

  @Test
  void isForgottenWithItsFileWhereTheWholeBodyComes() throws Exception {
    Answer refusal = new Answer("403 No\r\nContent-Length: 0\r\n", "");
    Answer shorter = new Answer("200 OK\r\nContent-Length: 300000\r\n", "cut");
    try (RawServer server = serving(Answer.cut(TAG), refusal, shorter)) {
      attempt(server);
      assertThat(Exchanges.failed(attempt(server)).kind()).isEqualTo(FailureKind.PARTIAL);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void isForgottenWhereBothTogetherHaveAnotherChecksum() throws Exception {
    Answer forged = Answer.rest(RANGE, TAG, OTHER.substring(CUT));
    String sha256 =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(BODY)));
    try (RawServer server = serving(Answer.cut(TAG), forged, Answer.ok(TAG, BODY))) {
      attempt(server);
      BodyDirectory directory =
          new BodyDirectory(
              folder, null, null, status -> status < 400, complaint -> {}, Clock.system());
      HashingSink sink = new HashingSink(List.of(HashAlgorithm.SHA256), status -> true, directory);
      try (OkHttpExchange exchange = Exchanges.byDefault().bodies(sink).build()) {
        Meta meta = new Meta(List.of("sha256"), List.of(new Meta.Value.Text(sha256)));
        FetchRequest plain = request(server.url("/a"));
        assertWhole(
            exchange.execute(new FetchRequest(0, plain.input(), plain.target(), false, null, meta)),
            BODY);
      }
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void isNotRequestedByAValidatorThatNoServerGave() throws Exception {
    for (String validator : List.of("x\u00e9", "*", "W/\"v1\"", "a\rX: y")) {
      try (RawServer server = serving(Answer.cut(TAG), Answer.ok(TAG, BODY))) {
        attempt(server);
        Path part = files().getFirst();
        String text = Files.readString(part, StandardCharsets.ISO_8859_1);
        Files.writeString(
            part, text.replace("\n\"v1\"\n", "\n" + validator + "\n"), StandardCharsets.ISO_8859_1);

        assertWhole(attempt(server), BODY);
        assertThat(lastRequest(server)).doesNotContain("Range:");
        Files.delete(files().getFirst());
      }
    }
  }

  @Test
  void isNotRequestedAgainWhereTheWholeBodyIsBroken() throws Exception {
    Answer broken = new Answer("200 OK\r\nTransfer-Encoding: chunked\r\n", "x\r\n");
    try (RawServer server = serving(Answer.cut(TAG), broken)) {
      attempt(server);
      assertThat(Exchanges.failed(attempt(server)).kind()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(server.requests()).hasSize(2);
    }
  }

  /** What a server may do to a connection rather than respond to a request for the rest. */
  enum HangUp {
    CLOSE(""),
    RESET("") {
      @Override
      void on(RawServer.Connection connection) throws IOException {
        connection.reset();
      }
    },
    WITHIN_THE_STATUS_LINE("HTTP/1.1 20"),
    WITHIN_THE_HEADER_SECTION("HTTP/1.1 206 Partial Content\r\nContent-Le"),
    AFTER_AN_INTERIM_RESPONSE("HTTP/1.1 103 Early Hints\r\n\r\n"),
    WITH_NOISE("\1\2\3\r\n\r\n"),
    BEFORE_THE_BODY(
        "HTTP/1.1 206 No\r\nContent-Length: 100000\r\n"
            + TAG
            + "Content-Range: "
            + RANGE
            + "\r\n\r\n");

    private final String sent;

    HangUp(String sent) {
      this.sent = sent;
    }

    void on(RawServer.Connection connection) throws IOException {
      connection.send(sent);
    }
  }

  private static RawServer hangingUp(HangUp how, Predicate<String> why) throws IOException {
    return RawServer.start(connection -> {
      String request = connection.readRequest();
      if (connection.number() > 1 && why.test(request)) {
        how.on(connection);
        return;
      }
      Answer answer = connection.number() == 1 ? Answer.cut(TAG) : Answer.ok(TAG, BODY);
      connection.send("HTTP/1.1 " + answer.head() + "Connection: close\r\n\r\n");
      connection.send(answer.bytes());
    });
  }

  @ParameterizedTest
  @EnumSource
  void isForgottenWhereTheServerHangsUpOnIt(HangUp how) throws Exception {
    try (RawServer server = hangingUp(how, request -> request.contains("Range:"))) {
      attempt(server);
      assertWhole(attempt(server), BODY);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(1)).contains("Range: bytes=200000-");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BEFORE_THE_BODY")
  void isKeptWhereTheServerHangsUpOnEverything(HangUp how) throws Exception {
    try (RawServer server = hangingUp(how, request -> true)) {
      attempt(server);
      Exchanges.failed(attempt(server));
      assertThat(server.requests()).hasSize(3);
      assertThat(lastRequest(server)).doesNotContain("Range:");
      Exchanges.failed(attempt(server));
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void isForgottenWhereTheServerRedirectsIt() throws Exception {
    Answer redirect = new Answer("302 No\r\nContent-Length: 0\r\nLocation: /busy\r\n", "");
    try (RawServer server = serving(Answer.cut(TAG), redirect, Answer.ok(TAG, BODY))) {
      attempt(server);
      assertWhole(attempt(server), BODY);
      assertThat(lastRequest(server)).startsWith("GET /a ").doesNotContain("Range:");
    }
  }

  /** A server may be slow, or be silent for the Range. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 206 No\r\nContent-Length: 100000\r\nContent-Range: " + RANGE + "\r\n\r\n"
      })
  void isDoubtedWhereTheServerIsSilentTwice(String sent) throws Exception {
    Exchanges patient = Exchanges.byDefault();
    try (RawServer server =
        RawServer.start(connection -> {
          String request = connection.readRequest();
          if (request.contains("Range:")) {
            connection.send(sent);
            connection.awaitClose();
            return;
          }
          Answer answer = connection.number() == 1 ? Answer.cut(TAG) : Answer.ok(TAG, BODY);
          connection.send("HTTP/1.1 " + answer.head() + "Connection: close\r\n\r\n");
          connection.send(answer.bytes());
        })) {
      attempt(server);
      for (int i = 0; i < 2; i++) {
        Exchanges hasty = Exchanges.byDefault().maxTime(Duration.ofMillis(700));
        Attempt silent = new CutBody(folder).attempt(hasty, server);
        assertThat(Exchanges.failed(silent).kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(lastRequest(server)).contains("Range:");
        assertThat(files()).hasSize(1);
      }
      assertWhole(new CutBody(folder).attempt(patient, server), BODY);
      assertThat(lastRequest(server)).doesNotContain("Range:");
    }
  }
}
