package fetch.http;

import static fetch.http.CutBody.BODY;
import static fetch.http.CutBody.CUT;
import static fetch.http.CutBody.OTHER;
import static fetch.http.CutBody.TAG;
import static fetch.http.CutBody.bytes;
import static fetch.http.CutBody.lastRequest;
import static fetch.http.CutBody.serving;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.body.BodyDirectory;
import fetch.http.CutBody.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rest of a body whose beginning came before: RFC 9110, sections 13.1.5 and 14. */
@Timeout(60)
class LeftoversTest {
  @TempDir Path folder;

  private Attempt attempt(RawServer server) throws IOException {
    return new CutBody(folder).attempt(server);
  }

  private Attempt attempt(Exchanges exchanges, RawServer server) throws IOException {
    return new CutBody(folder).attempt(exchanges, server);
  }

  private List<Path> files() throws IOException {
    return new CutBody(folder).files();
  }

  private void assertWhole(Attempt attempt, String body) throws Exception {
    new CutBody(folder).assertWhole(attempt, body);
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
      assertThat(second.body().downloaded()).isEqualTo(BODY.length() - CUT);
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
        "Last-Modified: Sun, 06-Nov-94 08:49:37 GMT \u00e9\r\n"
            + "Date: Sun, 06 Nov 1994 08:50:37 GMT\r\n",
        "ETag: \"v\u007f\"\r\n",
        "ETag: \"a b\"\r\n",
        "ETag: \"v1\", \"v2\"\r\n",
        "ETag: *\r\n",
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

  @ParameterizedTest
  @ValueSource(strings = {"caf\u00e9", "caf\u00c3\u00a9", "\u0080\u00ff", "\u00ee\u00be\u0080"})
  void isAskedForByTheBytesOfTheTag(String tag) throws Exception {
    String field = "ETag: \"" + tag + "\"\r\n";
    Answer rest = Answer.rest(CutBody.RANGE, field, Answer.from(CUT));
    try (RawServer server = serving(Answer.cut(field), rest)) {
      attempt(server);
      assertWhole(attempt(server), BODY);
      assertThat(server.requestBytes()).hasSize(2);
      assertThat(server.requestBytes().getLast()).contains("\r\nIf-Range: \"" + tag + "\"\r\n");
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
  void waitsWhileTheServerIsAway() throws Exception {
    try (RawServer server = serving(Answer.cut(TAG), Answer.goodRest())) {
      Exchanges away = Exchanges.byDefault().proxy("http://127.0.0.1:1");
      attempt(server);
      assertThat(Exchanges.failed(attempt(away, server)).kind()).isEqualTo(FailureKind.CONNECT);
      assertWhole(attempt(server), BODY);
      assertThat(server.requests()).hasSize(2);
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
    BodyDirectory directory =
        new BodyDirectory(
            folder, null, null, status -> status < 400, complaint -> {}, Clock.system());
    try (RawServer server = serving(Answer.cut(TAG), Answer.goodRest());
        OkHttpExchange exchange = Exchanges.byDefault().bodies(directory).build()) {
      exchange.execute(request(server.url("/a")));
      Attempt second = exchange.execute(request(server.url("/a")));
      assertThat(Path.of(second.representation().stored().file())).hasBinaryContent(bytes(BODY));
      assertThat(second.outcome().status()).isEqualTo(206);
    }
  }

  @Test
  void isNotMistakenForAnotherUrls() throws Exception {
    try (RawServer server = serving(Answer.cut(TAG), Answer.ok(TAG, OTHER));
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .bodies(
                    new BodyDirectory(
                        folder, null, null, status -> true, complaint -> {}, Clock.system()))
                .build()) {
      exchange.execute(request(server.url("/a")));
      Attempt other = exchange.execute(request(server.url("/b")));
      assertThat(Path.of(other.representation().stored().file()))
          .hasFileName("b")
          .hasBinaryContent(bytes(OTHER));
      assertThat(lastRequest(server)).doesNotContain("Range:");
    }
  }
}
