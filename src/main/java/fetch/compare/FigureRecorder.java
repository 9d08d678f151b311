package fetch.compare;

import fetch.Attempt;
import fetch.BadLine;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Tally;
import fetch.report.Latencies;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Records the figures of a run. Safe for many threads. */
public final class FigureRecorder {
  private static final int STATUSES = 1000;

  private final AtomicLongArray statuses = new AtomicLongArray(STATUSES);
  private final Latencies latencies = new Latencies();
  private @Nullable FetchResult slowest;
  private long slowestMillis = -1;

  /** Counts a response, final or not. */
  public void attempted(Attempt attempt) {
    int status = attempt.outcome().status();
    if (status > 0 && status < STATUSES) {
      statuses.incrementAndGet(status);
    }
  }

  /** Measures a finished entry. */
  public synchronized void ended(FetchResult result) {
    Attempt attempt = result.attempt();
    if (attempt == null) {
      return;
    }
    latencies.record(attempt.timings().total());
    long millis = millis(result, attempt);
    if (millis > slowestMillis) {
      slowestMillis = millis;
      slowest = result;
    }
  }

  /** From the start of the first attempt to the end of the last. */
  private static long millis(FetchResult result, Attempt last) {
    long waited = last.timings().startEpochMillis() - result.scheduling().startEpochMillis();
    return Math.max(0, waited) + last.timings().total() / 1_000_000;
  }

  /** The figures, after the run. */
  public synchronized Figures figures(int workers, Tally tally) {
    return new Figures(
        workers,
        tally.urls(),
        tally.ok(),
        statuses(),
        slowest == null ? null : new Figures.Slowest(url(slowest), slowestMillis / 1000.0),
        latencies,
        ResourceUsage.ofThisProcess());
  }

  private Map<Integer, Long> statuses() {
    Map<Integer, Long> seen = new TreeMap<>();
    for (int status = 0; status < STATUSES; status++) {
      if (statuses.get(status) > 0) {
        seen.put(status, statuses.get(status));
      }
    }
    return seen;
  }

  private static String url(FetchResult result) {
    return switch (result.entry()) {
      case FetchRequest request -> request.target().url();
      case BadLine line -> line.input();
    };
  }
}
