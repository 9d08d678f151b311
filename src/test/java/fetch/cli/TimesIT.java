package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long things take, start-up included. */
class TimesIT {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path list(List<String> paths) throws IOException {
    return Files.write(directory.resolve("list"), paths.stream().map(site::url).toList());
  }

  private static double elapsed(Ended ended) {
    return Double.parseDouble(ended.err().replaceAll("(?s).*\"elapsed\":([0-9.]+),.*", "$1"));
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void waitsForOneAfterAnotherOrForAllAtOnce(StrategyKind strategy) throws IOException {
    Path list =
        list(IntStream.of(5, 1, 4, 2, 3).mapToObj(n -> "/after/" + 200 * n + "/x").toList());

    Ended ended = Program.run("-s" + strategy, "-w5", "--summary=json", list.toString());

    assertThat(ended.code()).isZero();
    double ideal = strategy == StrategyKind.SERIAL ? 3.0 : 1.0;
    assertThat(elapsed(ended)).isBetween(ideal, ideal + 0.7);
    assertThat(site.mostInFlight()).isEqualTo(strategy == StrategyKind.SERIAL ? 1 : 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 32})
  void keepsAllWorkersBusy(int workers) throws IOException {
    int urls = 20 * workers;
    Path list = list(IntStream.range(0, urls).mapToObj(n -> "/after/100/" + n).toList());

    Ended ended = Program.run("-w" + workers, "--summary=json", list.toString());

    assertThat(ended.code()).isZero();
    assertThat(elapsed(ended)).isBetween(2.0, 1.1 * 2.0 + 0.7);
    assertThat(site.mostInFlight()).isEqualTo(workers);
  }

  @Test
  void endsEveryAttemptInItsTimeUnderEveryStrategy() throws IOException {
    Path list = list(List.of("/silent", "/drip", "/endless"));
    List<Program> programs = new ArrayList<>();
    try {
      for (StrategyKind strategy : StrategyKind.values()) {
        programs.add(
            Program.start(
                "-m2",
                "--retry=0",
                "-s" + strategy,
                "-fcsv",
                "--fields=error,time_total",
                "--summary=json",
                list.toString()));
      }
      for (Program program : programs) {
        Ended ended = program.await();
        assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(ended.records()).hasSize(4);
        for (String record : ended.records().subList(1, 4)) {
          assertThat(record).startsWith("timeout,");
          assertThat(Double.parseDouble(record.substring(8))).isBetween(1.999, 2.5);
        }
      }
    } finally {
      programs.forEach(Program::close);
    }
  }
}
