package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that come to a bad end at any moment, and go on. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
class ResumeIT {
  private static final int ENTRIES = 20_000;
  private static final int WORKERS = 16;
  private static final int KILLS = 50;

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path list(int entries) throws IOException {
    List<String> urls = IntStream.range(0, entries).mapToObj(n -> site.url("/" + n)).toList();
    return Files.write(directory.resolve("list"), urls);
  }

  private Path results() {
    return directory.resolve("results.jsonl");
  }

  private String[] command(Path list) {
    return new String[] {
      "-fjsonl", "-w" + WORKERS, "-o", results().toString(), "--resume", list.toString()
    };
  }

  @Test
  void losesNothingAndFetchesLittleTwiceWhenItIsKilledAgainAndAgain() throws Exception {
    Path list = list(ENTRIES);
    Random random = new Random(6);
    for (int kill = 0; kill < KILLS; kill++) {
      try (Program fetch = Program.start(command(list))) {
        if (kill % 10 == 9) {
          fetch.awaitErr("resuming after ");
        } else {
          site.awaitRequests(1 + random.nextInt(ENTRIES / KILLS));
        }
        fetch.kill();
      }
      site.forgetArrivals();
    }
    Ended ended = Program.run(command(list));

    assertThat(ended.code()).as(ended.err()).isZero();
    Records.haveEach(ENTRIES, Records.positions(results(), "jsonl"));
    assertThat(site.total()).isBetween(ENTRIES, ENTRIES + KILLS * 2 * WORKERS);
  }

  @Test
  void sendsEachRequestOnceThoughItIsKilled() throws Exception {
    List<String> urls =
        IntStream.range(0, ENTRIES).mapToObj(n -> site.url("/" + n * 7919 % 5000)).toList();
    Path list = Files.write(directory.resolve("list"), urls);
    List<String> command = new ArrayList<>(List.of(command(list)));
    command.add("--unique");
    String[] unique = command.toArray(String[]::new);
    for (int kill = 0; kill < 5; kill++) {
      try (Program fetch = Program.start(unique)) {
        site.awaitRequests(500);
        fetch.kill();
      }
      site.forgetArrivals();
    }
    Ended ended = Program.run(unique);

    assertThat(ended.code()).as(ended.err()).isZero();
    Records.haveEach(ENTRIES, Records.positions(results(), "jsonl"));
    assertThat(site.total()).isBetween(5000, 5000 + 5 * 2 * WORKERS);
    assertThat(Files.readAllLines(results()))
        .filteredOn(line -> line.contains("\"duplicate_of\":null"))
        .hasSize(5000);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void leavesWhatIsInFlightToTheNextRun(String signal, int code) throws Exception {
    int entries = 1000;
    Path list = list(entries);
    for (int stop = 0; stop < 5; stop++) {
      try (Program fetch = Program.start(command(list))) {
        site.awaitRequests(100);
        fetch.signal(signal);
        Ended ended = fetch.await(Duration.ofSeconds(5));

        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.err()).contains(" 0 failed, ").contains(" not reached; ");
      }
      site.forgetArrivals();
    }
    Ended ended = Program.run(command(list));

    assertThat(ended.code()).as(ended.err()).isZero();
    Records.haveEach(entries, Records.positions(results(), "jsonl"));
    assertThat(site.total()).isBetween(entries, entries + 5 * WORKERS);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "limits the size of files with ulimit")
  void goesOnOnceThereIsRoomOnTheDisk() throws Exception {
    int entries = 2000;
    Path list = list(entries);
    for (int kilobytes = 100; kilobytes <= 700; kilobytes += 200) {
      ProcessBuilder limited =
          Program.builder(
              Path.of("/bin/bash"), "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "-");
      limited.command().add(Program.executable().toString());
      limited.command().addAll(List.of(command(list)));
      Ended ended = Program.run(limited);

      assertThat(ended.err()).contains("fetch: cannot write the results: File too large\n");
      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(Files.readString(results())).endsWith("}\n");
    }
    Ended ended = Program.run(command(list));

    assertThat(ended.code()).as(ended.err()).isZero();
    Records.haveEach(entries, Records.positions(results(), "jsonl"));
  }

  @Test
  void letsOnlyOneRunAtATimeWrite() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), site.url("/silent") + "\n");
    try (Program _ = Program.start(command(list))) {
      site.awaitRequests(1);
      Ended second = Program.run(command(list));
      Ended afresh = Program.run("-o", results().toString(), list.toString());

      for (Ended ended : List.of(second, afresh)) {
        assertThat(ended.err())
            .isEqualTo("fetch: " + results() + ": another run is writing to it\n");
        assertThat(ended.code()).isEqualTo(ExitCode.IO);
      }
    }
  }

  @Test
  void letsOnlyOneRunAtATimeHoldALock() throws Exception {
    Path lock = directory.resolve("lock");
    try (Program first = Program.start("--lock", lock.toString(), site.url("/silent"))) {
      site.awaitRequests(1);
      Ended second = Program.run("--lock", lock.toString(), site.url("/x"));

      assertThat(second.err()).isEqualTo("fetch: another run holds the lock " + lock + "\n");
      assertThat(second.code()).isEqualTo(ExitCode.IO);
      first.kill();
    }
    assertThat(Program.run("--lock", lock.toString(), site.url("/x")).code()).isZero();
  }

  @Test
  void saysThatItsFileWasRemoved() throws Exception {
    try (Program fetch = Program.start(command(Path.of("-")))) {
      fetch.feed(site.url("/x") + "\n");
      site.awaitRequests(1);
      Files.delete(results());
      fetch.input().close();
      Ended ended = fetch.await();

      assertThat(ended.err())
          .contains("fetch: cannot write the results: " + results() + " was removed, or moved");
      assertThat(ended.code()).isEqualTo(ExitCode.IO);
    }
  }
}
