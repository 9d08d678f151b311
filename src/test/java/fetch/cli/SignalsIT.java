package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to the program in the midst of a run. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
class SignalsIT {
  private static final Duration TO_LEAVE = Duration.ofMillis(2500);

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path list(String path, int entries) throws IOException {
    return Files.writeString(directory.resolve("list"), (site.url(path) + "\n").repeat(entries));
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void interruptsWhatIsInFlightAndCountsTheRest(StrategyKind strategy) throws Exception {
    Path list = list("/silent", 50);
    int inFlight = strategy == StrategyKind.SERIAL ? 1 : 5;
    try (Program fetch =
        Program.start("-s" + strategy, "-w5", "-fcsv", "--fields=error", "" + list)) {
      site.awaitRequests(inFlight);
      fetch.signal("INT");
      Ended ended = fetch.await(TO_LEAVE);

      assertThat(ended.records())
          .hasSize(1 + inFlight)
          .startsWith("error")
          .filteredOn(record -> record.equals("interrupted"))
          .hasSize(inFlight);
      assertThat(ended.err())
          .startsWith(
              "%d urls: 0 ok, %d failed (%d interrupted), %d not reached; "
                  .formatted(inFlight, inFlight, inFlight, 50 - inFlight))
          .hasLineCount(1);
      assertThat(ended.code()).isEqualTo(130);
    }
  }

  /** Who ignores a hang-up, as everything under nohup does, has it ignored by fetch, too. */
  static Stream<Arguments> signals() throws IOException {
    Stream<Arguments> always = Stream.of(arguments("INT", 130), arguments("TERM", 143));
    return ignoresHangUp() ? always : Stream.concat(always, Stream.of(arguments("HUP", 129)));
  }

  private static boolean ignoresHangUp() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0;
      }
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("signals")
  void endsInGoodOrder(String signal, int code) throws Exception {
    ProcessBuilder builder = Program.builder(Program.executable(), "-", "--summary=json");
    try (Program fetch = Program.startUnread(builder)) {
      fetch.feed(site.url("/quick") + "\n");
      assertThat(fetch.readLine()).endsWith("/quick");
      fetch.feed(site.url("/silent") + "\n");
      site.awaitRequests(2);
      fetch.readOutput();
      fetch.signal(signal);
      Ended ended = fetch.await(TO_LEAVE);

      assertThat(ended.records()).hasSize(1);
      assertThat(ended.out()).contains("interrupted: the run was stopped");
      assertThat(ended.err()).startsWith("{\"urls\":2,\"ok\":1,\"failed\":1,").hasLineCount(1);
      assertThat(ended.code()).isEqualTo(code);
    }
  }

  @Test
  void countsAnUnfinishedPipeAsFarAsItWasRead() throws Exception {
    try (Program fetch = Program.start("-w1", "-")) {
      fetch.feed((site.url("/silent") + "\n").repeat(3));
      site.awaitRequests(1);
      fetch.signal("INT");
      Ended ended = fetch.await(TO_LEAVE);

      assertThat(ended.err()).matches("(?s)1 urls: .*, at least \\d not reached; .*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "virtual", "async"})
  void endsWhileItFindsTheNumberOfWorkers(String strategy) throws Exception {
    Path list = list("/silent", 1000);
    try (Program fetch = Program.start("-w=auto", "-s", strategy, list.toString())) {
      site.awaitRequests(8);
      fetch.signal("INT");
      Ended ended = fetch.await(TO_LEAVE);

      assertThat(ended.records()).hasSize(8);
      assertThat(ended.err()).contains(" 992 not reached; ", "; workers 8, 8 at the end");
      assertThat(ended.code()).isEqualTo(130);
    }
  }

  @Test
  void countsALongListOfEntriesThatWereNotReached() throws Exception {
    Path list = list("/silent", 200_000);
    try (Program fetch = Program.start("-w2", list.toString())) {
      site.awaitRequests(2);
      fetch.signal("TERM");
      Ended ended = fetch.await(TO_LEAVE);

      assertThat(ended.records()).hasSize(2);
      assertThat(ended.err()).contains(" 199998 not reached; ");
    }
  }

  @Test
  void printsTheSummaryThoughNobodyReadsTheResults() throws Exception {
    Path list = list("/" + "x".repeat(1000), 5000);
    try (Program fetch = blocked(list)) {
      fetch.signal("INT");
      Ended ended = fetch.await(TO_LEAVE);

      assertThat(ended.err()).contains(" urls: ").contains(" not reached; ").hasLineCount(1);
      assertThat(ended.code()).isEqualTo(130);
    }
  }

  @Test
  void leavesAtOnceOnTheSecondSignalThoughNobodyReadsTheResults() throws Exception {
    Path list = list("/" + "x".repeat(1000), 5000);
    try (Program fetch = blocked(list)) {
      fetch.signal("INT");
      fetch.signal("INT");
      Ended ended = fetch.await(Duration.ofSeconds(1));

      assertThat(ended.code()).isEqualTo(130);
    }
  }

  @Test
  void tellsOnRequestHowFarItIs() throws Exception {
    try (Program fetch = Program.startUnread(Program.builder(Program.executable(), "-q", "-"))) {
      fetch.feed(site.url("/x") + "\n");
      assertThat(fetch.readLine()).endsWith("/x");
      fetch.feed(site.url("/gate") + "\n");
      site.awaitRequests(2);
      fetch.signal("USR1");
      fetch.readOutput();
      assertThat(fetch.awaitErr("\n")).startsWith("so far 1 urls: 1 ok, 0 failed; ");
      site.openGate();
      fetch.input().close();

      assertThat(fetch.await().code()).isZero();
    }
  }

  @Test
  void outlivesItsTerminalWhenTheResultsGoIntoAFile() throws Exception {
    ProcessBuilder builder = Program.builder(Program.executable(), site.url("/gate"));
    Path results = directory.resolve("results");
    builder.redirectOutput(results.toFile());
    try (Program fetch = Program.start(builder)) {
      site.awaitRequests(1);
      fetch.signal("HUP");
      fetch.signal("USR1");
      assertThat(fetch.awaitErr("\n")).startsWith("so far 0 urls");
      site.openGate();

      assertThat(fetch.await().code()).isZero();
      assertThat(results).content().startsWith("200 ");
    }
  }

  /** A run whose output nobody reads, with so much to say that it has come to a halt. */
  private Program blocked(Path list) throws Exception {
    Program fetch =
        Program.startUnread(Program.builder(Program.executable(), "-fjsonl", list.toString()));
    site.awaitRequests(200);
    while (site.anotherArrivesWithin(Duration.ofSeconds(1))) {
      // It has room for more results.
    }
    return fetch;
  }
}
