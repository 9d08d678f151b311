package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fetch summary}: what results that are there come to. */
class SummaryTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  /** Fetches the same five entries into a file; returns what the run said at its end. */
  private String run(Path file, String format, String summary) {
    String list =
        String.join(
            "\n",
            site.url("/one"),
            site.url("/status/404"),
            site.url("/moved/two"),
            "no url",
            site.url("/busy/1/" + file.getFileName()));
    return InProcess.fetch(
            list, "-f" + format, "-o" + file, "--summary=" + summary, "--retry-delay=10ms")
        .err();
  }

  private static Ended summary(Path file, String... options) {
    List<String> arguments = new ArrayList<>(List.of("summary"));
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  /** All but times, which end a little later in a run, and are rounded in records. */
  private static String steady(String text) {
    return text.replaceAll("[\\d.]+ s elapsed; .*", "TIMES")
        .replaceAll("\"elapsed\":.*", "TIMES")
        .replaceAll("\\d+\\.\\d\\d s \\|.*", "TIMES")
        .replaceAll("(B \\|) [\\d.]+m?s \\| [\\d.]+m?s", "$1 TIMES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void isThatOfTheRun(String format) {
    for (String look : List.of("text", "json", "markdown")) {
      Path file = directory.resolve(look + "." + format);
      String atTheEnd = run(file, format, look);
      Ended ended = summary(file, "--summary=" + look);

      assertThat(ended.code()).isZero();
      assertThat(ended.err()).isEmpty();
      assertThat(steady(ended.out())).isEqualTo(steady(atTheEnd));
    }
  }

  @Test
  void countsAllFilesTogether() throws IOException {
    Path one = directory.resolve("one.jsonl");
    Path other = directory.resolve("other.csv.gz");
    run(one, "jsonl", "text");
    Path plain = directory.resolve("other.csv");
    run(plain, "csv", "text");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(other))) {
      Files.copy(plain, out);
    }
    Ended ended = summary(one, other.toString(), "--summary-hosts=1");

    assertThat(ended.out())
        .startsWith("10 urls: 6 ok, 4 failed (2 http_status, 2 invalid_url), 2 retries; ")
        .contains("127.0.0.1     8   6       2        2");
  }

  @Test
  void takesTheTimeFromTheFirstStartToTheLastEnd() throws IOException {
    Path file = directory.resolve("a.jsonl");
    String record =
        "{\"urlnum\":%d,\"url\":\"http://h/\",\"error\":null,\"num_retries\":%d,\"time_start\":\"2026-01-01T00:00:%02d.000Z\",\"time_queue\":%d,\"time_total\":%s}\n";
    Files.writeString(
        file,
        record.formatted(0, 0, 10, 5, "1.5")
            + record.formatted(1, 2, 12, 6, "2.25")
            + record.formatted(2, 0, 8, 90, "0.5"));

    assertThat(summary(file).out()).contains("; 12.25 s elapsed; 0.2 urls/s; p50 1.5s");
  }

  @Test
  void writesTheReportOfSeveralShards() throws IOException {
    Path one = directory.resolve("one.jsonl");
    Path other = directory.resolve("other.tsv");
    run(one, "jsonl", "text");
    run(other, "tsv", "text");
    Path page = directory.resolve("report.html");
    Ended ended = summary(one, other.toString(), "--report=" + page);

    assertThat(ended.err()).isEmpty();
    assertThat(page)
        .content()
        .contains("<title>fetch " + other + " and more</title>", "2 files of results")
        .contains("<dt>URLs</dt><dd>10</dd>", "<dt>failed</dt><dd>4</dd>")
        .contains("All figures were counted from records")
        .contains("Busiest hosts", "Latency by phase", "URLs per second", "the server returned 404")
        .doesNotContain("Options");
  }

  @Test
  void leavesOutAnIncompleteRecord() throws IOException {
    Path file = directory.resolve("a.jsonl");
    run(file, "jsonl", "text");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
    Ended ended = summary(file);

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("4 urls: ");
    assertThat(ended.err()).contains(file + ": left out an incomplete record of ");
  }

  @Test
  void saysWhichLineIsNoRecord() throws IOException {
    Path file = directory.resolve("a.jsonl");
    Files.writeString(file, "{\"urlnum\":0,\"error\":null}\n{\"urlnum\":1,\"error\":7}\n");
    Ended ended = summary(file);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err())
        .isEqualTo(
            "fetch: " + file + ": line 2 is not a record of fetch: fetch has no error '7'\n");
  }

  @Test
  void needsTheFieldErrorInTables() throws IOException {
    Path file = directory.resolve("a.csv");
    Files.writeString(file, "urlnum,url\n0,http://h/\n");
    Ended ended = summary(file);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains(file + " has no field error, which a summary needs");
  }

  @Test
  void countsWhatHasChanged() throws IOException {
    Path file = directory.resolve("a.jsonl");
    Files.writeString(
        file,
        "{\"urlnum\":0,\"error\":null,\"change\":\"same\"}\n"
            + "{\"urlnum\":1,\"error\":null,\"change\":\"changed\"}\n",
        StandardCharsets.UTF_8);

    assertThat(summary(file).out()).contains("1 same, 1 changed");
  }

  @Test
  void needsResults() {
    Ended ended = InProcess.fetch("", "summary");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("no RESULTS", "Try 'fetch summary --help' for usage.");
  }

  @Test
  void hasHelpWithinEightyColumns() {
    Ended ended = InProcess.fetch("", "summary", "--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(ended.out()).contains("--report=FILE", "--summary=text|json|markdown");
  }
}
