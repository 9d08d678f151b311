package fetch.report;

import fetch.Attempt.HoldBack;
import fetch.Limit;
import fetch.Quantity;
import fetch.output.QuantityFormat;
import java.util.Map;

/** Tabulates the waits of a run. */
final class WaitTables {
  private static final double NANOS = 1e9;
  private static final long MILLION = 1_000_000;
  private static final long LONG_NANOS = 100_000_000_000L;

  private WaitTables() {}

  static HtmlTable waits(RunStatistics.Waits waits) {
    HtmlTable grid = new HtmlTable("wait").numbers("sum over all entries");
    grid.row("for a worker, a host or a rate", time(waits.beforeFirst));
    grid.row("for a retry and its back-off", time(waits.beforeRetries));
    grid.row("Retry-After or a used-up quota", counted(waits.holds, "response"));
    HoldBack longest = waits.longestHold;
    if (longest != null) {
      grid.row("the longest of these, from " + longest.host(), time(MILLION * longest.millis()));
    }
    if (waits.robots > 0) {
      grid.row("robots.txt", counted(waits.robots, "request"));
    }
    return grid;
  }

  private static String counted(long count, String noun) {
    return FigureFormat.whole(count) + " " + Quantity.noun(count, noun);
  }

  /**
   * @param limits how long limits held entries back, in nanoseconds
   */
  static HtmlTable limits(Map<Limit, Long> limits, long elapsedNanos) {
    HtmlTable grid = new HtmlTable("limit").numbers("time", "of the run");
    for (Limit limit : Limit.values()) {
      long nanos = limits.getOrDefault(limit, 0L);
      if (nanos > 0) {
        double runs = nanos / (double) Math.max(1, elapsedNanos);
        grid.row(limit.label(), time(nanos), FigureFormat.rate(runs) + " ×");
      }
    }
    return grid;
  }

  /** A time with a suitable unit. */
  static String time(long nanos) {
    return nanos > LONG_NANOS
        ? QuantityFormat.span(Math.round(nanos / NANOS))
        : FigureFormat.latency(nanos / NANOS);
  }
}
