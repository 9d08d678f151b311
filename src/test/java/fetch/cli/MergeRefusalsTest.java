package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fetch merge} refuses what is not results of fetch, and says why. */
class MergeRefusalsTest {
  @TempDir private Path directory;

  private static Ended merge(Path file, String... options) {
    List<String> arguments = new ArrayList<>(List.of("merge"));
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"urlnum\":1,\"ok\":tr",
        "{\"urlnum\":1,\"ok\":true,\"url\":\"http://h/{\"urlnum\":1,\"ok\":true}",
        "{\"urlnum\":1,\"ok\":true}{\"urlnum\":2,\"ok\":true}",
        "{\"input\":\"a\",\"ok\":true}",
        "{\"urlnum\":-1}",
        "{\"urlnum\":\"x\"}",
        "200 5 0.001 http://h/",
        "",
        "[1]",
      })
  void refusesWhatIsNoRecord(String line) throws IOException {
    Path file =
        Files.write(
            directory.resolve("a.jsonl"),
            List.of("{\"urlnum\":0,\"ok\":true}", line, "{\"urlnum\":2,\"ok\":true}"));
    for (String quiet : List.of("--summary=text", "-q")) {
      Ended ended = merge(file, quiet);

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.err()).startsWith("fetch: " + file).contains("is not a record of fetch: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 5 0.001 http://h/\n", "a,b\n1,2\n", "\n", "urlnum,foo\n0,1\n"})
  void refusesFilesThatAreNotResults(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), text);
    Ended ended = merge(file);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains("a.txt does not have results as jsonl, csv or tsv");
  }

  @ParameterizedTest
  @CsvSource({"missing.jsonl, no such file", "., is not a regular file"})
  void refusesWhatIsNoFile(String name, String reason) {
    Ended ended = merge(directory.resolve(name));

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "merge -", "merge a -f x", "merge a --entries=-1"})
  void needsResults(String arguments) {
    Ended ended = InProcess.fetch("", arguments.split(" ", -1));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("Try 'fetch merge --help' for usage.");
  }
}
