package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.HashAlgorithm;
import fetch.Outcome;
import fetch.body.BodyDirectory;
import fetch.body.HashingSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A body that a server cuts, and a directory that attempts save it to.
 *
 * @param folder the directory
 */
record CutBody(Path folder) {
  static final String BODY = random(1);
  static final String OTHER = random(2);
  static final int CUT = 200_000;
  static final String RANGE = "bytes 200000-299999/300000";
  static final String TAG = "ETag: \"v1\"\r\n";

  /** Each character is a byte. */
  private static String random(long seed) {
    byte[] bytes = new byte[300_000];
    new Random(seed).nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String body) {
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
  static RawServer serving(Answer... answers) throws IOException {
    return RawServer.start(connection -> {
      connection.readRequest();
      Answer answer = answers[Math.min(connection.number(), answers.length) - 1];
      connection.send("HTTP/1.1 " + answer.head() + "Connection: close\r\n\r\n");
      connection.send(answer.bytes());
    });
  }

  Attempt attempt(RawServer server) throws IOException {
    return attempt(Exchanges.byDefault(), server);
  }

  /** Each attempt with a directory of its own, as another run has it. */
  Attempt attempt(Exchanges exchanges, RawServer server) throws IOException {
    BodyDirectory directory =
        new BodyDirectory(
            folder, null, null, status -> status < 400, complaint -> {}, Clock.system());
    HashingSink sink = new HashingSink(List.of(HashAlgorithm.SHA256), status -> true, directory);
    return exchanges.bodies(sink).fetch(server.url("/a"));
  }

  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  void assertWhole(Attempt attempt, String body) throws Exception {
    assertThat(attempt.outcome()).isInstanceOf(Outcome.Responded.class);
    assertThat(files()).containsExactly(Path.of(attempt.representation().stored().file()));
    assertThat(files().getFirst()).hasFileName("a").hasBinaryContent(bytes(body));
    String hash =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(body)));
    assertThat(attempt.representation().stored().digests())
        .containsEntry(HashAlgorithm.SHA256, hash);
  }

  static String lastRequest(RawServer server) {
    return server.requests().getLast();
  }
}
