package fetch.metrics;

import fetch.FailureKind;
import fetch.Tally;
import fetch.WorkersUsed;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics of one run.
 *
 * @param run the name of the run
 * @param version of this program
 * @param startEpochMillis when the run began
 */
public record RunMetrics(String run, String version, long startEpochMillis) {

  /**
   * How a run ended.
   *
   * @param notReached the number of entries not requested, if known
   */
  public record End(long epochMillis, int exitCode, OptionalLong notReached) {}

  /**
   * The metrics in the text format.
   *
   * @param workers the limits of attempts in flight; null if their number is fixed
   * @param end null during the run
   */
  public String text(
      Tally tally, AttemptMetrics traffic, @Nullable WorkersUsed workers, @Nullable End end) {
    PrometheusWriter out = new PrometheusWriter(run);
    out.family("fetch_build_info", "gauge", "The version of fetch; always 1.");
    out.sample("version", version, 1);
    out.family("fetch_run_start_time_seconds", "gauge", "When the run began, in Unix time.");
    out.moment(startEpochMillis);
    addResults(tally, out);
    addAttempts(tally, traffic, out);
    if (workers != null) {
      out.family("fetch_workers", "gauge", "Limit of attempts in flight, found by --workers=auto.");
      out.sample(workers.last());
    }
    if (end != null) {
      addEnd(end, out);
    }
    return out.toString();
  }

  private static void addResults(Tally tally, PrometheusWriter out) {
    out.family("fetch_urls_total", "counter", "Entries with a result.");
    out.sample("result", "ok", tally.ok());
    out.sample("result", "failed", tally.failed());
    out.family("fetch_failures_total", "counter", "Entries that failed, by error.");
    failures(tally).forEach((error, count) -> out.sample("error", error, count));
    out.family("fetch_body_bytes_total", "counter", "Bytes of bodies after decompression.");
    out.sample(tally.bytes());
  }

  /** Includes failures that did not occur, so that the first shows as an increase. */
  private static Map<String, Long> failures(Tally tally) {
    Map<String, Long> failures = new TreeMap<>();
    for (FailureKind kind : FailureKind.values()) {
      failures.put(kind.label(), 0L);
    }
    failures.putAll(tally.failures());
    return failures;
  }

  private static void addAttempts(Tally tally, AttemptMetrics traffic, PrometheusWriter out) {
    out.family("fetch_retries_total", "counter", "Retries of entries.");
    out.sample(tally.retries());
    out.family("fetch_in_flight", "gauge", "Attempts in flight.");
    out.sample(traffic.inFlight());
    out.family(
        "fetch_attempt_duration_seconds",
        "histogram",
        "Time from the start of an attempt to its last byte, including redirects.");
    out.histogram(AttemptMetrics.boundsMillis(), traffic.cumulated(), traffic.nanos());
  }

  private static void addEnd(End end, PrometheusWriter out) {
    out.family("fetch_run_end_time_seconds", "gauge", "When the run ended, in Unix time.");
    out.moment(end.epochMillis());
    out.family("fetch_run_exit_code", "gauge", "The exit code of the run.");
    out.sample(end.exitCode());
    if (end.notReached().isPresent()) {
      out.family("fetch_urls_not_reached", "gauge", "Entries not reached by a stopped run.");
      out.sample(end.notReached().getAsLong());
    }
  }
}
