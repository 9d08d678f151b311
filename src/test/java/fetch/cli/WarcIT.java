package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import fetch.warc.ArchivedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Archives of runs that come to a bad end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
class WarcIT {
  private static final int ENTRIES = 3000;
  private static final int KILLS = 12;

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path list(int entries) throws IOException {
    List<String> urls = IntStream.range(0, entries).mapToObj(n -> site.url("/" + n)).toList();
    return Files.write(directory.resolve("list"), urls);
  }

  private Path archive() {
    return directory.resolve("crawl.warc.gz");
  }

  private Path results() {
    return directory.resolve("results.jsonl");
  }

  private String[] command(Path list) {
    return new String[] {
      "-fjsonl",
      "-o",
      results().toString(),
      "--resume",
      "--warc=" + archive(),
      "--warc-max-size=300k",
      list.toString()
    };
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".warc.gz")).sorted().toList();
    }
  }

  /** The URLs of the answers in the archives, which must be sound. */
  private List<String> archived() throws IOException {
    List<String> urls = new ArrayList<>();
    for (Path file : archives()) {
      for (ArchivedRecord record : ArchivedRecord.all(file)) {
        if (record.type().equals("response")) {
          urls.add(record.header("WARC-Target-URI"));
        }
      }
    }
    return urls;
  }

  @Test
  void noResultIsWithoutItsAnswerHoweverOftenARunIsKilled() throws Exception {
    Path list = list(ENTRIES);
    Random random = new Random(6);
    for (int kill = 0; kill < KILLS; kill++) {
      try (Program fetch = Program.start(command(list))) {
        site.awaitRequests(1 + random.nextInt(ENTRIES / KILLS));
        fetch.kill();
      }
      site.forgetArrivals();
    }
    Ended ended = Program.run(command(list));

    assertThat(ended.code()).as(ended.err()).isZero();
    Records.haveEach(ENTRIES, Records.positions(results(), "jsonl"));
    List<String> archived = archived();
    assertThat(Set.copyOf(archived)).hasSize(ENTRIES);
    assertThat(archived).hasSizeLessThan(ENTRIES + KILLS * 2 * 16);
    List<String> index = Files.readAllLines(directory.resolve("crawl.cdxj"));
    assertThat(index).hasSameSizeAs(archived).isSorted();
    assertThat(archives()).hasSizeGreaterThan(3);
  }

  @Test
  void whatCtrlCStopsIsNotHalfThere() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), site.url("/endless") + "\n");
    try (Program fetch = Program.start("--warc=" + archive(), list.toString())) {
      site.awaitRequests(1);
      fetch.signal("INT");
      Ended ended = fetch.await(Duration.ofSeconds(5));

      assertThat(ended.code()).isEqualTo(130);
    }
    assertThat(archived()).isEmpty();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "limits the size of files with ulimit")
  void goesOnOnceThereIsRoomOnTheDisk() throws Exception {
    Path list = list(500);
    for (int kilobytes = 40; kilobytes <= 160; kilobytes += 40) {
      ProcessBuilder limited =
          Program.builder(
              Path.of("/bin/bash"), "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "-");
      limited.command().add(Program.executable().toString());
      limited.command().addAll(List.of(command(list)));
      Ended ended = Program.run(limited);

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.err()).contains("cannot write the archive: " + archive() + ": ");
      archived();
    }
    Ended ended = Program.run(command(list));

    assertThat(ended.code()).as(ended.err()).isZero();
    Records.haveEach(500, Records.positions(results(), "jsonl"));
    assertThat(new HashSet<>(archived())).hasSize(500);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void memoryDoesNotDependOnBodies() throws Exception {
    Path list =
        Files.writeString(directory.resolve("list"), (site.url("/endless") + "\n").repeat(8));
    ProcessBuilder small =
        Program.builder(
            Program.executable(),
            "-w8",
            "-fjsonl",
            "--max-filesize=40m",
            "--warc=" + archive(),
            "--fields=filename_effective,error,size_delivered",
            list.toString());
    small.environment().put("FETCH_JAVA_OPTS", "-Xmx32m");
    Ended ended = Program.run(small);

    for (String line : ended.records()) {
      JsonNode record = RecordSchema.parse(line);
      assertThat(record.get("error").asText()).isEqualTo("too_large");
    }
    assertThat(archived()).hasSize(8);
  }
}
