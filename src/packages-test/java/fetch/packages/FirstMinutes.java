package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** What a person does with a fetch just installed: the version, and the recipes of the README. */
final class FirstMinutes implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();

  FirstMinutes() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            boolean page = !request.getUrl().encodedPath().equals("/robots.txt");
            return new MockResponse.Builder().code(page ? 200 : 404).body("a page").build();
          }
        });
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @Override
  public void close() {
    server.close();
  }

  String url(String path) {
    return server.url(path).toString();
  }

  /** Writes the lists that the recipes read. */
  void writeLists(Path directory) throws IOException {
    String list = url("/1") + "\n" + url("/2") + "\n";
    Files.writeString(directory.resolve("urls.txt"), list);
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("huge.gz")))) {
      gzip.write(list.getBytes(StandardCharsets.UTF_8));
    }
  }

  static void assertVersion(String output) throws IOException {
    assertThat(output)
        .startsWith("fetch " + Built.version() + " (")
        .containsPattern("Java 25\\S*, OkHttp \\S+\\)\n$");
  }

  /** Runs the command {@code fetch} of this directory as a person would. */
  void tryOut(Path bin, Path work) throws IOException {
    writeLists(work);
    Shell shell =
        new Shell(
            work,
            Map.of(
                "PATH", bin + ":" + System.getenv("PATH"), "HOME", work.toString(), "LANG", "C"));
    assertVersion(shell.run("sh", "-c", "fetch --version"));
    for (String recipe : recipes()) {
      Shell.Ended ended = shell.end("sh", "-c", recipe + "\n[ $? -le 1 ]");
      assertThat(ended.code()).as(recipe + "\n" + ended.output()).isZero();
    }
    assertThat(shell.run("sh", "-c", "wc -l < results.jsonl").strip()).isEqualTo("2");
    assertThat(shell.run("sh", "-c", "ls out/*/*/* out/*/* 2>/dev/null | head -1")).isNotBlank();
  }

  /** The commands of the README's recipes. */
  static List<String> recipes() throws IOException {
    String readme = Files.readString(Path.of("README.md")).replace("\r\n", "\n");
    String section = readme.split("\n## Recipes\n", 2)[1].split("\n## ", 2)[0];
    List<String> recipes =
        Arrays.stream(section.split("\n\n", -1))
            .filter(block -> block.startsWith("    "))
            .map(block -> block.replaceAll("(?m)^ {4}", ""))
            .toList();
    assertThat(recipes).hasSizeGreaterThan(5);
    return recipes;
  }

  /** Those that run nothing but fetch, as the arguments it gets. */
  static Stream<List<String>> recipesWithoutShell() throws IOException {
    return recipes().stream()
        .filter(recipe -> recipe.startsWith("fetch ") && !recipe.matches("(?s).*['|\n].*"))
        .map(recipe -> List.of(recipe.substring("fetch ".length()).split(" ", -1)));
  }
}
