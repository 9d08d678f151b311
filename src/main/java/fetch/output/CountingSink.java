package fetch.output;

import fetch.Clock;
import fetch.FetchResult;
import fetch.Percentiles;
import fetch.Tally;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts results and passes them on. */
public final class CountingSink implements ResultSink {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final ResultSink next;
  private final Clock clock;
  private final long start;
  private final SortedMap<String, Long> failures = new TreeMap<>();
  private final Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
  private long urls;
  private long ok;
  private long retries;
  private long bytes;

  /** Starts the clock. */
  public CountingSink(ResultSink next, Clock clock) {
    this.next = next;
    this.clock = clock;
    this.start = clock.nanoTime();
  }

  @Override
  public void accept(FetchResult result) {
    count(result);
    next.accept(result);
  }

  private synchronized void count(FetchResult result) {
    urls++;
    if (result.failure() == null) {
      ok++;
    } else {
      failures.merge(result.failure().kind().label(), 1L, Long::sum);
    }
    retries += result.scheduling().retries();
    if (result.attempt() != null) {
      bytes += result.attempt().body().delivered();
      micros.recordValue(result.attempt().timings().total() / 1000);
    }
  }

  /** The counts so far. */
  public synchronized Tally tally() {
    return new Tally(
        urls,
        ok,
        Tally.mostFrequentFirst(failures),
        retries,
        bytes,
        clock.nanoTime() - start,
        new Percentiles(percentile(50), percentile(95), percentile(99)));
  }

  private long percentile(double percent) {
    return 1000 * micros.getValueAtPercentile(percent);
  }

  @Override
  public void close() {
    next.close();
  }
}
