package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run whose output takes nothing more, or only slowly. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "closes pipes as shells of Unix do")
class OutputEndsIT {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path list(String path, int entries) throws IOException {
    return Files.writeString(directory.resolve("list"), (site.url(path) + "\n").repeat(entries));
  }

  @Test
  void endsQuietlyWhenItsReaderHasHadEnough() throws Exception {
    ProcessBuilder builder = Program.builder(Program.executable(), "-");
    try (Program fetch = Program.startUnread(builder)) {
      fetch.feed(site.url("/1") + "\n");
      assertThat(fetch.readLine()).endsWith("/1");
      fetch.output().close();
      fetch.feed((site.url("/2") + "\n").repeat(10));
      Ended ended = fetch.await(Duration.ofSeconds(20));

      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isEqualTo(ExitCode.CLOSED_OUTPUT);
    }
  }

  @Test
  void endsQuietlyInAPipelineWithHead() throws Exception {
    Path list = list("/x", 20_000);
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "{ \"$0\" \"$1\"; echo code $? >&2; } | head -1",
            Program.executable().toString(),
            list.toString());

    Ended ended = Program.run(builder);

    assertThat(ended.records()).hasSize(1);
    assertThat(ended.err()).isEqualTo("code 141\n");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
  void saysInOneSentenceThatTheDiskIsFull() throws Exception {
    Path list = list("/x", 100);
    ProcessBuilder builder = Program.builder(Program.executable(), "-q", list.toString());
    builder.redirectOutput(new File("/dev/full"));

    Ended ended = Program.run(builder);

    assertThat(ended.err()).isEqualTo("fetch: cannot write the results: No space left on device\n");
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
  void saysInOneSentenceThatTheDiskOfAFileIsFull() throws Exception {
    Ended ended = Program.run("-o", "/dev/full", site.url("/x"));

    assertThat(ended.err())
        .startsWith("fetch: cannot write the results: No space left on device\n")
        .hasLineCount(2);
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }

  @Test
  void losesNothingWhenItsReaderIsSlow() throws Exception {
    Path list = list("/" + "x".repeat(1000), 3000);
    ProcessBuilder builder = Program.builder(Program.executable(), "-fjsonl", list.toString());
    try (Program fetch = Program.startUnread(builder)) {
      site.awaitRequests(300);
      assertThat(fetch.output().read()).isEqualTo('{');
      fetch.readOutput();
      Ended ended = fetch.await();

      assertThat(ended.records()).hasSize(3000).allMatch(record -> record.endsWith("}"));
      assertThat(ended.err()).startsWith("3000 urls: 3000 ok");
      assertThat(ended.code()).isZero();
    }
  }

  @Test
  void holdsTheRunBackWhileNobodyReads() throws Exception {
    Path list = list("/" + "x".repeat(1000), 30_000);
    ProcessBuilder builder = Program.builder(Program.executable(), "-fjsonl", list.toString());
    try (Program _ = Program.startUnread(builder)) {
      int requests = 0;
      while (site.anotherArrivesWithin(Duration.ofSeconds(2))) {
        requests++;
      }

      assertThat(requests).isBetween(200, 5000);
    }
  }
}
