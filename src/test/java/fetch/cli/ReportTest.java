package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about a run. */
class ReportTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Ended fetch(Path report, String... options) {
    String list =
        site.url("/good") + "\n" + site.url("/status/404") + "\nhttp://me:hunter2@bad host/\n";
    return InProcess.fetch(
        list,
        Stream.concat(Stream.of("--report=" + report), Stream.of(options)).toArray(String[]::new));
  }

  @Test
  void isWrittenAtTheEndInPlaceOfTheOneBefore() throws IOException {
    Path report = Files.writeString(directory.resolve("run.html"), "the one before");
    Ended ended = fetch(report, "-uname:password", "--credentials-for=all", "-HX-Key: 12345");

    assertThat(ended.records()).hasSize(3);
    assertThat(Files.readString(report))
        .startsWith("<!doctype html>")
        .endsWith("</html>\n")
        .contains("<dt>URLs</dt><dd>3</dd>", "<dt>failed</dt><dd>2</dd>")
        .contains("the server returned 404", "/status/404", "standard input")
        .contains("--user=&#39;name:***&#39;")
        .doesNotContain("hunter2", "password", "12345", "the one before");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(report);
    }
  }

  @Test
  void isRefusedBeforeTheRunWhereItCannotBeWritten() {
    Ended ended = fetch(directory.resolve("none/run.html"));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--report: " + directory + "/none/run.html: no such file");
    assertThat(ended.records()).isEmpty();
    assertThat(fetch(directory).err()).contains("--report: " + directory + ": it is a directory");
  }

  @Test
  void isNoFileThatTheRunNeeds() throws IOException {
    Path results = directory.resolve("out.jsonl");

    assertThat(fetch(results, "-o" + results).err())
        .contains("--report: it would write to the file of --output, " + results);
    assertThat(results).doesNotExist();
  }

  @Test
  void isNotWrittenByADryRun() {
    Path report = directory.resolve("run.html");

    assertThat(fetch(report, "--dry-run").code()).isZero();
    assertThat(report).doesNotExist();
  }
}
