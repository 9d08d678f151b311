package fetch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.Percentiles;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.metrics.RunMetrics.End;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunMetricsTest {
  private static final long MILLI = 1_000_000;
  private static final Tally TALLY =
      new Tally(1000, 987, Map.of("timeout", 9L, "dns", 4L), 3, 12_345_678, 5, Percentiles.NONE);

  private final AttemptMetrics traffic = new AttemptMetrics();
  private final RunMetrics metrics = new RunMetrics("nightly", "1.2", 1_793_534_400_007L);

  private String text(End end) {
    return metrics.text(TALLY, traffic, null, end);
  }

  @Test
  void saysAllOfARunThatIsOver() {
    traffic.took(7 * MILLI);
    traffic.took(70_000 * MILLI);
    traffic.begin();

    assertThat(text(new End(1_793_534_500_000L, 1, OptionalLong.of(7))).lines())
        .containsSubsequence(
            "# HELP fetch_build_info The version of fetch; always 1.",
            "# TYPE fetch_build_info gauge",
            "fetch_build_info{run=\"nightly\",version=\"1.2\"} 1",
            "# HELP fetch_run_start_time_seconds When the run began, in Unix time.",
            "# TYPE fetch_run_start_time_seconds gauge",
            "fetch_run_start_time_seconds{run=\"nightly\"} 1793534400.007",
            "# TYPE fetch_urls_total counter",
            "fetch_urls_total{run=\"nightly\",result=\"ok\"} 987",
            "fetch_urls_total{run=\"nightly\",result=\"failed\"} 13",
            "# TYPE fetch_failures_total counter",
            "fetch_failures_total{run=\"nightly\",error=\"dns\"} 4",
            "fetch_failures_total{run=\"nightly\",error=\"timeout\"} 9",
            "fetch_body_bytes_total{run=\"nightly\"} 12345678",
            "fetch_retries_total{run=\"nightly\"} 3",
            "fetch_in_flight{run=\"nightly\"} 1",
            "# TYPE fetch_attempt_duration_seconds histogram",
            "fetch_attempt_duration_seconds_bucket{run=\"nightly\",le=\"0.005\"} 0",
            "fetch_attempt_duration_seconds_bucket{run=\"nightly\",le=\"0.010\"} 1",
            "fetch_attempt_duration_seconds_bucket{run=\"nightly\",le=\"60.000\"} 1",
            "fetch_attempt_duration_seconds_bucket{run=\"nightly\",le=\"+Inf\"} 2",
            "fetch_attempt_duration_seconds_sum{run=\"nightly\"} 70.007000000",
            "fetch_attempt_duration_seconds_count{run=\"nightly\"} 2",
            "fetch_run_end_time_seconds{run=\"nightly\"} 1793534500.000",
            "fetch_run_exit_code{run=\"nightly\"} 1",
            "fetch_urls_not_reached{run=\"nightly\"} 7");
  }

  @Test
  void showsTheNumberOfWorkersOnlyWhereItIsAdaptive() {
    String adaptive = metrics.text(TALLY, traffic, new WorkersUsed(8, 64, 32), null);

    assertThat(PrometheusText.parse(adaptive).value("fetch_workers{run=nightly}")).isEqualTo(32);
    assertThat(text(null)).doesNotContain("fetch_workers");
  }

  @Test
  void isWhatPrometheusReads() {
    PrometheusText read = PrometheusText.parse(text(new End(1, 0, OptionalLong.of(0))));

    assertThat(read.value("fetch_urls_total{result=ok, run=nightly}")).isEqualTo(987);
    assertThat(read.value("fetch_run_exit_code{run=nightly}")).isZero();
  }

  @Test
  void doesNotSayHowARunEndedThatGoesOn() {
    PrometheusText read = PrometheusText.parse(text(null));

    assertThat(read.has("fetch_run_end_time_seconds")).isFalse();
    assertThat(read.has("fetch_run_exit_code")).isFalse();
    assertThat(read.has("fetch_urls_not_reached")).isFalse();
    assertThat(
            PrometheusText.parse(text(new End(1, 130, OptionalLong.empty())))
                .has("fetch_urls_not_reached"))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void startsEveryFailureAtZero(FailureKind kind) {
    String sample = "fetch_failures_total{error=" + kind.label() + ", run=nightly}";
    Tally nothing = new Tally(0, 0, Map.of(), 0, 0, 0, Percentiles.NONE);

    assertThat(PrometheusText.parse(metrics.text(nothing, traffic, null, null)).value(sample))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a\nb", "\\n", "\\", "ü {}=,", ""})
  void keepsAnyNameOfARunInItsQuotes(String run) {
    String text = new RunMetrics(run, "1\"2", 0).text(TALLY, traffic, null, null);

    PrometheusText read = PrometheusText.parse(text);
    assertThat(read.value("fetch_in_flight{run=" + run + "}")).isZero();
  }

  @Test
  void putsDurationsIntoTheClassThatTheyReach() {
    traffic.took(0);
    traffic.took(5 * MILLI);
    traffic.took(5 * MILLI + 1);
    traffic.took(60_000 * MILLI + 1);

    assertThat(traffic.cumulated()).hasSize(14).startsWith(2, 3).endsWith(3, 4);
  }
}
