package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Eventually;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is to be seen on a terminal of how far the run has come. */
@Timeout(60)
class ProgressTest {
  /** Longer than a run may take before it is shown. */
  private static final Duration A_WHILE = Duration.ofMillis(500);

  private static final String SUMMARY = "\\d+ urls: .*";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private String list(int quick, int gated) throws IOException {
    StringBuilder list = new StringBuilder("# a list\n");
    IntStream.range(0, quick).forEach(i -> list.append(site.url("/quick/" + i)).append('\n'));
    IntStream.range(0, gated).forEach(i -> list.append(site.url("/gate/" + i)).append('\n'));
    return Files.writeString(directory.resolve("list"), list).toString();
  }

  @ParameterizedTest
  @EnumSource(
      value = StrategyKind.class,
      names = {"POOL", "VIRTUAL", "ASYNC"})
  void showsHowFarTheRunHasCome(StrategyKind strategy) throws IOException {
    AtTerminal at = new AtTerminal(AtTerminal.STDOUT_TOO);
    String list = list(3, 6);
    CompletableFuture<Integer> code = at.start("-s" + strategy, "-w4", list);

    at.terminal()
        .awaitLastRow(
            "all there is to tell",
            row ->
                row.matches(
                    "3/9 33% +\\d+s left +\\S+/s +3 ok +0 failed +4 in flight +\\S+ k?B/s"));
    site.openGate();

    assertThat(code.join()).isZero();
    assertThat(at.rows()).hasSize(11);
    assertThat(at.rows().subList(0, 9)).allMatch(row -> row.matches("200 .*http://\\S+"));
    assertThat(at.rows().get(9)).matches(SUMMARY);
    assertThat(at.rows().getLast()).isEmpty();
  }

  @Test
  void showsNothingInAShortRun() throws IOException {
    AtTerminal at = new AtTerminal(AtTerminal.STDOUT_TOO);
    String list = list(3, 0);

    assertThat(at.run(list)).isZero();
    assertThat(at.terminal().everything()).doesNotContain("\r", "in flight");
  }

  static Stream<List<String>> reasonsForSilence() {
    return Stream.of(
        List.of("2", "xterm", "--progress=never"),
        List.of("2", "xterm", "-q"),
        List.of("2", "xterm", "-vv"),
        List.of("12", "dumb", "-k"),
        List.of("12", "", "-k"),
        List.of("01", "xterm", "-k"),
        List.of("012", "xterm", "-"));
  }

  @ParameterizedTest
  @MethodSource("reasonsForSilence")
  void showsNothingWhereItWouldDisturb(List<String> reason) throws Exception {
    AtTerminal at = new AtTerminal(reason.get(0)).with("TERM", reason.get(1));
    CompletableFuture<Integer> code = at.start(reason.get(2), list(0, 1));
    site.awaitRequests(1);
    assertThat(site.anotherArrivesWithin(A_WHILE)).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("progress"));
    site.openGate();
    code.join();

    assertThat(at.terminal().everything() + at.piped()).doesNotContain("\r", "in flight");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "writes to /dev/zero")
  void showsNothingWhereRecordsMayPassItBy() throws Exception {
    AtTerminal at = new AtTerminal(AtTerminal.STDERR_ONLY);
    CompletableFuture<Integer> code = at.start("-o/dev/zero", list(0, 1));
    site.awaitRequests(1);
    assertThat(site.anotherArrivesWithin(A_WHILE)).isFalse();
    site.openGate();
    code.join();

    assertThat(at.rows()).hasSize(2);
    assertThat(at.terminal().everything()).doesNotContain("\r");
  }

  @Test
  void tellsItNowAndThenInAPipeWhenAskedTo() throws IOException {
    AtTerminal at = new AtTerminal("");
    CompletableFuture<Integer> code = at.start("-q", "--progress=always", list(1, 4));
    Eventually.holds("a line comes", () -> at.piped().contains("in flight"));
    site.openGate();

    assertThat(code.join()).isZero();
    assertThat(at.piped().lines())
        .hasSize(6)
        .filteredOn(line ->
            line.matches(
                "fetch: 1/5 20%  \\S+ left  0\\.1/s  1 ok  0 failed  4 in flight  \\S+ B/s"))
        .hasSize(1);
  }

  @Test
  void keepsComplaintsApart() throws IOException {
    AtTerminal at = new AtTerminal(AtTerminal.STDERR_ONLY);
    String list = list(0, 300);
    String missing = directory.resolve("missing").toString();
    CompletableFuture<Integer> code = at.start("-w2", list, missing);
    at.terminal().awaitLastRow("progress", row -> row.contains("2 in flight"));
    site.openGate();

    assertThat(code.join()).isEqualTo(ExitCode.IO);
    assertThat(at.rows()).hasSize(3);
    assertThat(at.rows().get(0)).startsWith("fetch: " + missing + ": no such file");
    assertThat(at.rows().get(1)).matches(SUMMARY);
    assertThat(at.piped().lines()).hasSize(300).allMatch(record -> record.startsWith("200 "));
  }

  @Test
  void keepsTheLogApart() throws IOException {
    AtTerminal at = new AtTerminal(AtTerminal.STDOUT_TOO).input("http://127.0.0.1:1/\n".repeat(3));
    String list = list(0, 1);
    CompletableFuture<Integer> code =
        at.start("-v", "--retry=1", "--retry-delay=1s", list, "-", site.url("/quick"));
    at.terminal().awaitLastRow("progress", row -> row.contains("5 done  ") || row.contains("4/5"));
    site.openGate();

    assertThat(code.join()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(at.rows().getLast()).isEmpty();
    assertThat(at.rows().subList(0, at.rows().size() - 1))
        .allMatch(row -> row.matches("(200|---) .*|\\d\\d:\\d\\d:\\d\\d.* INFO .*|" + SUMMARY));
  }

  @Test
  void doesNotKnowTheLengthOfAPipeBeforeItsEnd() throws Exception {
    AtTerminal at = new AtTerminal(AtTerminal.STDERR_ONLY);
    at.input((site.url("/gate/1") + "\n").repeat(1000));
    CompletableFuture<Integer> code = at.start("-");
    at.terminal().awaitLastRow("progress", row -> row.startsWith("0 done  0.0/s "));
    site.openGate();

    assertThat(code.join()).isZero();
  }

  @Test
  void knowsTheLengthOfAPipeAtItsEnd() throws Exception {
    AtTerminal at = new AtTerminal(AtTerminal.STDERR_ONLY);
    at.input((site.url("/gate/1") + "\n").repeat(100));
    CompletableFuture<Integer> code = at.start("-");
    at.terminal().awaitLastRow("progress", row -> row.startsWith("0/100 0% "));
    site.openGate();

    assertThat(code.join()).isZero();
  }

  @Test
  void fitsTheTerminalItIsOn() throws IOException {
    AtTerminal at = new AtTerminal(AtTerminal.STDOUT_TOO).with("COLUMNS", "19");
    CompletableFuture<Integer> code = at.start(list(0, 5));
    at.terminal().awaitLastRow("a short line", row -> row.equals("0/5 0%  0.0/s"));
    site.openGate();

    assertThat(code.join()).isZero();
    assertThat(at.terminal().lastRows()).noneMatch(row -> row.contains("0 ok"));
  }

  @Test
  void leavesNothingWhenTheDeadlineEndsTheRun() throws IOException {
    AtTerminal at = new AtTerminal(AtTerminal.STDOUT_TOO);
    int code = at.run("-w2", "--deadline=1s", list(0, 5));

    assertThat(code).isEqualTo(ExitCode.DEADLINE);
    assertThat(at.terminal().lastRows()).anyMatch(row -> row.contains("2 in flight"));
    assertThat(at.rows()).hasSize(4);
    assertThat(at.rows().subList(0, 2)).allMatch(row -> row.contains(" deadline: "));
    assertThat(at.rows().get(2)).matches(SUMMARY);
    assertThat(at.rows().getLast()).isEmpty();
  }
}
