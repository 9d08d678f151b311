package fetch.results;

import fetch.Change;
import fetch.Changes;
import fetch.FetchResult;
import fetch.Tally;
import fetch.output.CountingSink;
import fetch.output.HostCounter;
import fetch.output.HostTallies;
import fetch.output.ResultSink;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up results like a run. The total time is from the start of the first request to the end of
 * the last. For one thread.
 */
public final class ResultTotals {
  private static final long NANOS_OF_MILLI = 1_000_000;

  private final RecordClock clock = new RecordClock();
  private final CountingSink counted = new CountingSink(new Nowhere(), clock);
  private final HostCounter hosts = new HostCounter();
  private final Map<Change, Long> changes = new EnumMap<>(Change.class);
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** Discards results. */
  private static final class Nowhere implements ResultSink {
    @Override
    public void accept(FetchResult result) {}

    @Override
    public void close() {}
  }

  /** Adds a result. */
  public void add(FetchResult result) {
    counted.accept(result);
    hosts.count(result);
    if (result.change() != null) {
      changes.merge(result.change(), 1L, Long::sum);
    }
    if (isTimed(result)) {
      first = Math.min(first, start(result));
      last = Math.max(last, end(result));
    }
  }

  /** Whether a result has the time of its start. */
  static boolean isTimed(FetchResult result) {
    return result.attempt() != null && result.scheduling().startEpochMillis() > 0;
  }

  private static long start(FetchResult result) {
    return NANOS_OF_MILLI * result.scheduling().startEpochMillis();
  }

  /**
   * The end of a result, in nanoseconds since the Unix epoch. For an entry that was retried, the
   * record has the wait before the last attempt, and no times of earlier attempts.
   */
  static long end(FetchResult result) {
    boolean retried = result.scheduling().retries() > 0;
    long total = result.attempt() == null ? 0 : result.attempt().timings().total();
    return start(result) + (retried ? result.scheduling().queueNanos() : 0) + total;
  }

  /** The start of the first request, in nanoseconds since the Unix epoch; 0 if there was none. */
  long start() {
    return first == Long.MAX_VALUE ? 0 : first;
  }

  /** The totals of all results. */
  public Tally tally() {
    clock.turnTo(last == Long.MIN_VALUE ? 0 : last - first);
    return counted.tally();
  }

  /** The hosts with the most entries; null for none. */
  public @Nullable HostTallies hosts(int number) {
    return number == 0 ? null : hosts.top(number);
  }

  /** The changes since earlier runs; null if the results have none. */
  public @Nullable Changes changes() {
    return changes.isEmpty() ? null : new Changes(changes, null);
  }
}
