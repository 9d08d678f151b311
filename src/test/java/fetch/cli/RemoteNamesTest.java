package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are named after responses. */
@Timeout(60)
class RemoteNamesTest {
  private static final int LENGTH = 200_000;
  private static final String BODY = "0123456789".repeat(LENGTH / 10);

  @TempDir Path folder;

  private static String ok(String disposition) {
    return "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n" + disposition + "\r\nbody";
  }

  private Ended fetch(RawServer server, String... options) {
    String[] words =
        Stream.concat(
                Stream.of("-fjsonl", "--retry=0", "--save=" + folder, server.url("/dir/get?id=1")),
                Stream.of(options))
            .toArray(String[]::new);
    return InProcess.fetch("", words);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  @Test
  void areNamedByContentDispositionInAnyEncoding() throws IOException {
    byte[] raw =
        "Content-Disposition: attachment; filename=\"\u00e9t\u00e9.pdf\"\r\n"
            .getBytes(StandardCharsets.UTF_8);
    String utf8 = new String(raw, StandardCharsets.ISO_8859_1);
    String latin = "Content-Disposition: attachment; filename=\"\u00e9t\u00e9.txt\"\r\n";
    try (RawServer server =
        RawServer.start(connection -> {
          String _ = connection.readRequest();
          connection.send(ok(utf8).getBytes(StandardCharsets.ISO_8859_1));
          String _ = connection.readRequest();
          connection.send(ok(latin).getBytes(StandardCharsets.ISO_8859_1));
        })) {
      String template = "--save-as={urlnum}/{remote_name}";
      Ended ended = fetch(server, template, "-w1", server.url("/other"));

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(files()).containsExactlyInAnyOrder("0/\u00e9t\u00e9.pdf", "1/\u00e9t\u00e9.txt");
      assertThat(ended.out()).contains("0/\u00e9t\u00e9.pdf\"");
    }
  }

  @Test
  void areNamedByTheUrlWhereTheResponseHasNoName() throws IOException {
    try (RawServer server = RawServer.answering(ok(""))) {
      fetch(server, "--save-as={urlnum}-{remote_name}");

      assertThat(files()).containsExactly("0-get");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Disposition: attachment; filename=whole.bin\r\n"})
  void keepTheirNameWhenTheyAreContinued(String disposition) throws IOException {
    String first =
        "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: "
            + LENGTH
            + "\r\nContent-Disposition: attachment; filename=whole.bin\r\n\r\n"
            + BODY.substring(0, LENGTH / 2);
    try (RawServer server =
        RawServer.start(connection -> {
          String head = connection.readRequest();
          connection.send(head.contains("Range: ") ? rest(head, disposition) : first);
        })) {
      assertThat(fetch(server, "--save-as={urlnum}/{remote_name}").out()).contains("partial");
      Ended ended = fetch(server, "--save-as={urlnum}/{remote_name}");

      assertThat(ended.code()).as(ended.out()).isZero();
      assertThat(server.requests().getLast()).contains("Range: bytes=");
      assertThat(files()).containsExactly("0/whole.bin");
      assertThat(folder.resolve("0/whole.bin")).hasContent(BODY);
    }
  }

  private static String rest(String head, String disposition) {
    int start = Integer.parseInt(head.replaceAll("(?s).*bytes=(\\d+)-.*", "$1"));
    return "HTTP/1.1 206 Partial Content\r\nETag: \"1\"\r\n"
        + disposition
        + "Content-Range: bytes "
        + start
        + "-"
        + (LENGTH - 1)
        + "/"
        + LENGTH
        + "\r\nContent-Length: "
        + (LENGTH - start)
        + "\r\n\r\n"
        + BODY.substring(start);
  }

  @Test
  void areFoundAgainInAComparisonWithAnEarlierRun() throws IOException {
    Path before = folder.resolve("../" + folder.getFileName() + ".jsonl").normalize();
    String named = "ETag: \"1\"\r\nContent-Disposition: x; filename=a.bin\r\n";
    try (RawServer server = RawServer.answering(ok(named))) {
      fetch(server, "--save-as={remote_name}", "-o" + before, "--hash=md5");
      fetch(server, "--save-as={remote_name}", "--since=" + before, "--hash=md5");

      assertThat(server.requests().getLast()).contains("If-None-Match: \"1\"");
      Files.delete(before);
    }
  }

  @Test
  void cannotBeSkipped() throws IOException {
    try (RawServer server = RawServer.answering(ok(""))) {
      Ended ended = fetch(server, "--save-as={remote_name}", "--skip-existing");

      assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err()).contains("--skip-existing and {remote_name} exclude each other");
      assertThat(fetch(server, "--save-as={remote_name}/{urlnum}").err())
          .contains("--save-as", "{remote_name} is not in the last part");
    }
  }
}
