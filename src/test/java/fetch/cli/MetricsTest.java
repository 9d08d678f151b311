package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Eventually;
import fetch.metrics.PrometheusText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of a run for Prometheus. */
@Timeout(60)
class MetricsTest {
  @TempDir private Path directory;
  private Path file;
  @AutoClose private final Site site = Site.open();

  @BeforeEach
  void open() throws IOException {
    file = directory.resolve("urls.prom");
  }

  private PrometheusText metrics() throws IOException {
    return PrometheusText.parse(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "pool", "virtual", "async"})
  void areThereAtTheEnd(String strategy) throws IOException {
    String list =
        site.url("/good") + "\nno url\n" + site.url("/status/404") + "\n" + site.url("/busy/1/x");
    Ended ended =
        InProcess.fetch(list, "-q", "--metrics=" + file, "-s" + strategy, "--retry-delay=1ms");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.err()).isEmpty();
    PrometheusText metrics = metrics();
    assertThat(metrics.value("fetch_urls_total{result=ok, run=urls}")).isEqualTo(2);
    assertThat(metrics.value("fetch_urls_total{result=failed, run=urls}")).isEqualTo(2);
    assertThat(metrics.value("fetch_failures_total{error=http_status, run=urls}")).isEqualTo(1);
    assertThat(metrics.value("fetch_failures_total{error=invalid_url, run=urls}")).isEqualTo(1);
    assertThat(metrics.value("fetch_retries_total{run=urls}")).isEqualTo(1);
    assertThat(metrics.value("fetch_body_bytes_total{run=urls}")).isEqualTo(25);
    assertThat(metrics.value("fetch_in_flight{run=urls}")).isZero();
    assertThat(metrics.value("fetch_attempt_duration_seconds_count{run=urls}")).isEqualTo(4);
    assertThat(metrics.value("fetch_run_exit_code{run=urls}")).isEqualTo(1);
    assertThat(metrics.value("fetch_urls_not_reached{run=urls}")).isZero();
    assertThat(metrics.value("fetch_run_end_time_seconds{run=urls}"))
        .isGreaterThanOrEqualTo(metrics.value("fetch_run_start_time_seconds{run=urls}"))
        .isGreaterThan(1_700_000_000);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void areThereFromTheStart() throws IOException {
    CompletableFuture<Ended> run =
        CompletableFuture.supplyAsync(
            () -> InProcess.fetch("", "-q", "--metrics=" + file, site.url("/gate/x")));
    Eventually.holds("the file is there", () -> Files.exists(file));
    PrometheusText metrics = metrics();
    site.openGate();

    assertThat(run.join().code()).isZero();
    assertThat(metrics.has("fetch_run_start_time_seconds")).isTrue();
    assertThat(metrics.has("fetch_run_exit_code")).isFalse();
    assertThat(metrics().has("fetch_run_exit_code")).isTrue();
  }

  @Test
  void sayHowARunEndedThatWasStopped() throws IOException {
    String list = (site.url("/silent") + "\n").repeat(5);
    Path input = Files.writeString(directory.resolve("list"), list);
    InProcess.fetch("", "-w2", "--deadline=200ms", "--metrics=" + file, input.toString());

    assertThat(metrics().value("fetch_run_exit_code{run=urls}")).isEqualTo(ExitCode.DEADLINE);
    assertThat(metrics().value("fetch_failures_total{error=deadline, run=urls}")).isEqualTo(2);
    assertThat(metrics().value("fetch_urls_not_reached{run=urls}")).isEqualTo(3);
  }

  @Test
  void changeNothingWhenTheyCannotBeWritten() {
    Path missing = directory.resolve("missing/urls.prom");
    Ended ended = InProcess.fetch("", "-q", "--metrics=" + missing, site.url("/good"));

    assertThat(ended.err())
        .isEqualTo("fetch: cannot write the metrics: " + missing + ": no such file or directory\n");
    assertThat(ended.records()).hasSize(1);
    assertThat(ended.code()).isZero();
  }

  @Test
  void needAFile() {
    Ended ended = InProcess.fetch("", "--metrics=-", site.url("/good"));

    assertThat(ended.err()).contains("--metrics").contains("it must be a file");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }
}
