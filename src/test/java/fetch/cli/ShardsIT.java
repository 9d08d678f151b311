package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands around shards as processes: long lists, signals, full disks. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class ShardsIT {
  private static final int LONG = 200_000;

  @TempDir private Path directory;

  private Path longList() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < LONG; n++) {
      list.append("http://host" + n % 997 + ".test/" + n + "?" + "x".repeat(100) + "\n");
    }
    return Files.writeString(directory.resolve("urls.txt"), list);
  }

  private static String record(int n) {
    return "{\"urlnum\":%d,\"url\":\"http://host%d.test/%s\",\"error\":null}"
        .formatted(n, n % 997, "x".repeat(150));
  }

  /** Results in an order that has to be sorted. */
  private Path longResults() throws IOException {
    Path file = directory.resolve("results.jsonl");
    StringBuilder records = new StringBuilder();
    for (int n = LONG - 1; n >= 0; n--) {
      records.append(record(n)).append('\n');
    }
    return Files.writeString(file, records);
  }

  private List<String> files(Path where) {
    try (Stream<Path> files = Files.list(where)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A heap that could not hold the list. */
  private static ProcessBuilder small(String... arguments) {
    ProcessBuilder builder = Program.builder(Program.executable(), arguments);
    builder.environment().put("FETCH_JAVA_OPTS", "-Xmx40m");
    return builder;
  }

  @Test
  void divideAndMergeInLittleMemory() throws IOException {
    String parts = directory.resolve("parts").toString();
    Ended split = Program.run(small("split", "--shards=64", "--out=" + parts, longList() + ""));
    assertThat(split.err()).startsWith("200000 entries in 64 files");
    assertThat(split.code()).isZero();

    Path all = directory.resolve("all.csv");
    Ended merge = Program.run(small("merge", "-o" + all, longResults().toString()));
    assertThat(merge.err()).startsWith("200000 urls: 200000 ok, 0 failed; ");
    assertThat(merge.code()).isZero();
    try (Stream<String> lines = Files.lines(all)) {
      assertThat(lines.skip(1).limit(3)).allMatch(line -> line.matches("[012],http://.*"));
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void leaveNothingBehindWhenTheyAreStopped(String signal, int code) throws Exception {
    Path parts = directory.resolve("parts");
    try (Program split = Program.start("split", "--shards=4", "--out=" + parts, "-")) {
      split.feed("http://a.test/\nhttp://b.test/\n");
      Eventually.holds("it writes", () -> Files.exists(parts) && files(parts).size() == 4);
      split.signal(signal);
      assertThat(split.await().code()).isEqualTo(code);
    }
    assertThat(files(parts)).isEmpty();

    longResults();
    try (Program merge =
        Program.start("merge", "-o" + directory + "/all.jsonl", directory + "/results.jsonl")) {
      Eventually.holds(
          "it writes", () -> files(directory).stream().anyMatch(f -> f.endsWith(".tmp")));
      merge.signal(signal);
      assertThat(merge.await().code()).isEqualTo(code);
    }
    assertThat(files(directory)).containsExactly("parts", "results.jsonl");
  }

  private static ProcessBuilder limited(int kilobytes, String... arguments) {
    ProcessBuilder builder =
        Program.builder(
            Path.of("/bin/bash"), "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "-");
    builder.command().add(Program.executable().toString());
    builder.command().addAll(List.of(arguments));
    return builder;
  }

  @Test
  void leaveNothingBehindWhenTheDiskIsFull() throws IOException {
    Path parts = directory.resolve("parts");
    Ended split =
        Program.run(limited(64, "split", "--shards=2", "--out=" + parts, longList() + ""));
    assertThat(split.code()).isEqualTo(ExitCode.IO);
    assertThat(split.err()).contains("fetch: " + parts + "/part-").contains(": File too large");
    assertThat(files(parts)).isEmpty();

    Path all = directory.resolve("all.jsonl");
    Ended merge = Program.run(limited(64, "merge", "-o" + all, longResults().toString()));
    assertThat(merge.code()).isEqualTo(ExitCode.IO);
    assertThat(merge.err()).contains("File too large");
    assertThat(files(directory)).containsExactly("parts", "results.jsonl", "urls.txt");

    Ended full = Program.run("merge", "-o/dev/full", directory + "/results.jsonl");
    assertThat(full.code()).isEqualTo(ExitCode.IO);
    assertThat(full.err()).contains("No space left on device");
  }

  @Test
  void endQuietlyWhenNobodyReadsOn() throws IOException {
    Path results = directory.resolve("in-order.jsonl");
    StringBuilder records = new StringBuilder();
    for (int n = 0; n < 20_000; n++) {
      records.append(record(n)).append('\n');
    }
    Files.writeString(results, records);
    ProcessBuilder shell =
        Program.builder(
            Path.of("/bin/bash"),
            "-c",
            "'%s' merge '%s' | head -1; exit ${PIPESTATUS[0]}"
                .formatted(Program.executable(), results));
    Ended ended = Program.run(shell);

    assertThat(ended.code()).isEqualTo(ExitCode.CLOSED_OUTPUT);
    assertThat(ended.out()).isEqualTo(record(0) + "\n");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void printASummaryAndWriteAPage() throws IOException {
    File page = directory.resolve("page.html").toFile();
    Ended ended =
        Program.run("summary", "--summary=json", "--report=" + page, longResults().toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("{\"urls\":200000,\"ok\":200000,\"failed\":0,");
    assertThat(page).content().contains("<dt>URLs</dt><dd>200,000</dd>");
  }
}
