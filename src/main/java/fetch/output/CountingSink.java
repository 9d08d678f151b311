package fetch.output;

import fetch.Clock;
import fetch.FetchResult;
import fetch.Percentiles;
import fetch.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts results and passes them on. */
public final class CountingSink implements ResultSink {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final ResultSink next;
  private final Clock clock;
  private final long start;
  private final Map<String, Long> failures = new TreeMap<>();
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
        mostFrequentFirst(),
        retries,
        bytes,
        clock.nanoTime() - start,
        new Percentiles(percentile(50), percentile(95), percentile(99)));
  }

  private long percentile(double percent) {
    return 1000 * micros.getValueAtPercentile(percent);
  }

  private Map<String, Long> mostFrequentFirst() {
    List<Map.Entry<String, Long>> entries = new ArrayList<>(failures.entrySet());
    entries.sort((one, other) -> Long.compare(other.getValue(), one.getValue()));
    Map<String, Long> sorted = new LinkedHashMap<>();
    entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  @Override
  public void close() {
    next.close();
  }
}
