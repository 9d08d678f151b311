package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.metrics.PrometheusText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The numbers that a run leaves that was ended from outside. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
class MetricsIT {
  @TempDir private Path directory;

  private PrometheusText metrics(Path file) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
    return PrometheusText.parse(Files.readString(file));
  }

  @Test
  void sayWhichSignalEndedTheRun() throws Exception {
    Path file = directory.resolve("nightly.prom");
    try (Site site = new Site();
        Program fetch = Program.start("--metrics=" + file, site.url("/silent"))) {
      site.awaitRequests(1);
      fetch.signal("TERM");

      assertThat(fetch.await(Duration.ofMillis(2500)).code()).isEqualTo(143);
      PrometheusText metrics = metrics(file);
      assertThat(metrics.value("fetch_run_exit_code{run=nightly}")).isEqualTo(143);
      assertThat(metrics.value("fetch_failures_total{error=interrupted, run=nightly}"))
          .isEqualTo(1);
    }
  }

  @Test
  void sayItAlsoWhenNobodyReadsTheResults() throws Exception {
    Path file = directory.resolve("nightly.prom");
    try (Site site = new Site();
        Program fetch =
            Program.startUnread(
                Program.builder(Program.executable(), "-fjsonl", "--metrics=" + file, "-"))) {
      Thread feeding =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  fetch.feed((site.url("/" + "x".repeat(1000)) + "\n").repeat(5000));
                } catch (IOException e) {
                  // The program is gone, as it should be in the end.
                }
              });
      site.awaitRequests(200);
      while (site.anotherArrivesWithin(Duration.ofSeconds(1))) {
        // It has room for more results.
      }
      fetch.signal("INT");

      assertThat(fetch.await(Duration.ofMillis(2500)).code()).isEqualTo(130);
      assertThat(metrics(file).value("fetch_run_exit_code{run=nightly}")).isEqualTo(130);
      feeding.join();
    }
  }
}
