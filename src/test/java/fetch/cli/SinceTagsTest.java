package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Entity tags with bytes that are not ASCII (RFC 9110, section 8.8.3). In requests and responses
 * each character stands for a byte.
 */
@Timeout(60)
class SinceTagsTest {
  private static final String SAME = "HTTP/1.1 304 Same\r\nConnection: close\r\n\r\n";

  @TempDir Path folder;

  private static RawServer tagged(String tag) throws IOException {
    String whole =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\nETag: " + tag + "\r\n\r\nhi";
    return RawServer.start(connection -> {
      String request = connection.readRequest();
      connection.send(request.contains("\r\nIf-None-Match: ") ? SAME : whole);
    });
  }

  private String etag(RawServer server, Path records, String... options) throws IOException {
    String[] all = {"-f", "jsonl", "-o", records.toString(), "--retry", "0", server.url("/")};
    Ended ended =
        InProcess.fetch("", Stream.of(options, all).flatMap(Stream::of).toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    return RecordSchema.parse(Files.readString(records)).get("etag").textValue();
  }

  /** The tags by which the second run asks for a body whose tag was this. */
  private String condition(String tag, String text) throws IOException {
    Path last = folder.resolve("last.jsonl");
    try (RawServer server = tagged(tag)) {
      assertThat(etag(server, last)).isEqualTo(text);
      etag(server, folder.resolve("now.jsonl"), "--since", last.toString());
      List<String> requests = server.requestBytes();
      assertThat(requests).hasSize(2);
      return requests
          .getLast()
          .lines()
          .filter(line -> line.startsWith("If-"))
          .findFirst()
          .orElse("");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "W/\"v1\", W/\"v1\", W/\"v1\"",
        "\"caf\u00e9\", \"caf\u00e9\", '\"caf\u00e9\", \"caf\u00c3\u00a9\"'",
        "\"caf\u00c3\u00a9\", \"caf\u00e9\", '\"caf\u00e9\", \"caf\u00c3\u00a9\"'",
        "W/\"\u00ff\", W/\"\u00ff\", 'W/\"\u00ff\", W/\"\u00c3\u00bf\"'",
        "\"\u00e2\u0082\u00ac\", \"\u20ac\", \"\u00e2\u0082\u00ac\"",
        "\"\u00c3\u0083\u00c2\u00a9\", \"\u00c3\u00a9\", \"\u00c3\u0083\u00c2\u00a9\"",
        "\"\u00f0\u009f\u0098\u0080\", \"\ud83d\ude00\", \"\u00f0\u009f\u0098\u0080\""
      })
  void areSentBackAsTheBytesThatTheyMayHaveCome(String tag, String text, String sent)
      throws IOException {
    assertThat(condition(tag, text)).isEqualTo("If-None-Match: " + sent);
  }

  @ParameterizedTest
  @CsvSource({"\"a\u007fb\"", "\"a\tb\"", "\"a b\""})
  void withControlCharactersAreNotSentBack(String tag) throws IOException {
    assertThat(condition(tag, tag)).isEmpty();
  }
}
