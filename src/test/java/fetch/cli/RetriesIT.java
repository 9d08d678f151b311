package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the built program tries again, and what becomes of that when it has to end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
class RetriesIT {
  /** The longest back-offs there may be. */
  private static final List<String> PATIENCE = List.of("--retry-delay=99h", "--retry-max-time=0");

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path list(String... paths) throws IOException {
    return Files.write(directory.resolve("list"), List.of(paths).stream().map(site::url).toList());
  }

  private static String[] with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void triesAgainWhatMayPass(StrategyKind strategy) throws IOException {
    Path list = list("/busy/2/a", "/busy/3/b", "/status/404", "/x");

    Ended ended = Program.run("--retry-delay=20ms", "--ordered", "-w2", "-s" + strategy, "" + list);

    assertThat(ended.records().get(0)).matches("200 9 \\S+ \\S+/busy/2/a \\(2 retries\\)");
    assertThat(ended.records().get(1))
        .matches("503 9 \\S+ \\S+/busy/3/b http_status: .* 503 \\(2 retries\\)");
    assertThat(ended.records().get(2)).endsWith(" 404");
    assertThat(ended.err()).startsWith("4 urls: 2 ok, 2 failed (2 http_status), 4 retries; ");
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void followsARedirectWhenItsServerWishesTo(StrategyKind strategy) throws IOException {
    List<Long> times = new CopyOnWriteArrayList<>();
    try (RawServer server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest(); head != null; ) {
            times.add(System.nanoTime());
            String later = "302 Found\r\nLocation: /end\r\nRetry-After: 1";
            String answer = head.contains(" /start ") ? later : "200 OK";
            connection.send("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n");
            head = connection.readRequest();
          }
        })) {
      Ended ended = Program.run("-s" + strategy, "--retry=0", server.url("/start"));

      assertThat(ended.records()).singleElement().asString().matches("200 0 \\S+ \\S+/start");
      assertThat(ended.err()).startsWith("1 urls: 1 ok, 0 failed; ");
      assertThat(times).hasSize(2);
      assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
          .isBetween(Duration.ofMillis(999), Duration.ofSeconds(3));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--retry=0, 1",
    "--retry=5, 6",
    "-XPOST, 1",
    "-XDELETE, 1",
    "-I, 3",
    "--accept=503, 1"
  })
  void triesAsOftenAsAsked(String option, int requests) throws IOException {
    Program.run("--retry-delay=1ms", option, "" + list("/status/503"));

    assertThat(site.requests()).hasSize(requests);
  }

  @Test
  void beginsNoRetryThatCouldNotBeInTime() throws IOException {
    Ended ended = Program.run("--retry-max-time=900ms", "" + list("/later/1/x"));

    assertThat(ended.out()).startsWith("429 ").doesNotContain("retr");
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void sleepsThroughNoBackOff(StrategyKind strategy) throws IOException {
    Path list = list("/status/503", "/status/500", "/a", "/b", "/c");
    ProcessBuilder builder =
        Program.builder(
            Program.executable(), with(PATIENCE, "-w1", "-q", "-s" + strategy, "" + list));
    try (Program fetch = Program.startUnread(builder)) {
      assertThat(fetch.readLine()).endsWith("/a");
      assertThat(fetch.readLine()).endsWith("/b");
      assertThat(fetch.readLine()).endsWith("/c");
    }
  }

  /** The second request shows that the first has been settled. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void interruptsWhatWaitsForAnotherAttempt(String signal, int code) throws Exception {
    Path list = list("/status/503", "/silent", "/a", "/b");
    try (Program fetch =
        Program.start(
            with(PATIENCE, "-w1", "-fcsv", "--fields=urlnum,error,response_code", "" + list))) {
      site.awaitRequests(2);
      fetch.signal(signal);
      Ended ended = fetch.await(Duration.ofMillis(2500));

      assertThat(ended.records().subList(1, 3))
          .containsExactlyInAnyOrder("0,interrupted,503", "1,interrupted,0");
      assertThat(ended.records()).hasSize(3);
      assertThat(ended.err()).startsWith("2 urls: 0 ok, 2 failed (2 interrupted), 2 not reached; ");
      assertThat(ended.code()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void endsAtTheDeadline(StrategyKind strategy) throws IOException {
    int inFlight = strategy == StrategyKind.SERIAL ? 1 : 3;
    String[] paths = new String[1000];
    Arrays.fill(paths, "/silent");
    Path list = list(paths);
    long start = System.nanoTime();

    Ended ended =
        Program.run("--deadline=1s", "-w3", "-s" + strategy, "-fcsv", "--fields=error", "" + list);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(1), Duration.ofMillis(3500));
    assertThat(ended.records()).filteredOn("deadline"::equals).hasSize(inFlight);
    assertThat(ended.records()).hasSize(1 + inFlight);
    assertThat(ended.err())
        .startsWith(
            "%d urls: 0 ok, %d failed (%d deadline), %d not reached; "
                .formatted(inFlight, inFlight, inFlight, 1000 - inFlight));
    assertThat(elapsed(ended)).isBetween(0.99, 1.9);
    assertThat(ended.code()).isEqualTo(ExitCode.DEADLINE);
  }

  private static double elapsed(Ended ended) {
    return Double.parseDouble(ended.err().replaceAll("(?s).*; ([0-9.]+) s elapsed.*", "$1"));
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void endsBackOffsAtTheDeadline(StrategyKind strategy) throws IOException {
    Path list = list("/status/503", "/later/9999/x", "/never-begun");

    Ended ended =
        Program.run(
            with(
                PATIENCE,
                "--deadline=1.5s",
                "-w1",
                "-s" + strategy,
                "-fcsv",
                "--fields=urlnum,error,response_code,num_retries",
                "" + list));

    assertThat(ended.records().subList(1, 3))
        .containsExactlyInAnyOrder("0,deadline,503,0", "1,deadline,429,0");
    assertThat(ended.err()).startsWith("2 urls: 0 ok, 2 failed (2 deadline), 1 not reached; ");
    assertThat(elapsed(ended)).isBetween(1.49, 2.4);
    assertThat(ended.code()).isEqualTo(ExitCode.DEADLINE);
  }

  @Test
  void leavesInTimeThoughNobodyReadsTheResults() throws Exception {
    String[] paths = new String[5000];
    Arrays.fill(paths, "/" + "x".repeat(1000));
    Path list = list(paths);
    ProcessBuilder builder =
        Program.builder(Program.executable(), "--deadline=2s", "-fjsonl", "" + list);
    long start = System.nanoTime();
    try (Program fetch = Program.startUnread(builder)) {
      assertThat(fetch.exitCode(Duration.ofSeconds(30))).isEqualTo(ExitCode.DEADLINE);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(4500));
  }

  @Test
  void isNotEndedByADeadlineThatIsFarAway() throws IOException {
    Ended ended = Program.run("--deadline=1h", "" + list("/a"));

    assertThat(ended.err()).doesNotContain("not reached");
    assertThat(ended.code()).isZero();
  }
}
