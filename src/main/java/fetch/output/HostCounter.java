package fetch.output;

import fetch.BadLine;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Percentiles;
import fetch.output.HostTallies.HostTally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts results by host, in a memory that is bounded however many hosts there are.
 *
 * <p>Up to a limit all is exact. Beyond it, the half of the hosts is forgotten that has the fewest
 * entries, again and again. A host that comes (back) after that may have had as many entries before
 * as any that was forgotten, and no more. Of {@code n} entries that is never more than {@code n / }
 * half the limit, so no host with more entries than that is ever forgotten: with the usual limit,
 * one in 5,000. Safe for many threads.
 */
public final class HostCounter {
  private static final int USUAL_LIMIT = 10_000;

  private static final Comparator<Count> FEWEST_FIRST =
      Comparator.comparingLong(Count::most).thenComparing(count -> count.host);
  private static final Comparator<Count> MOST_FIRST =
      Comparator.comparingLong((Count count) -> -count.urls)
          .thenComparingLong(count -> count.ok - count.urls)
          .thenComparing(count -> count.host);

  private static final Comparator<Count> WORST_FIRST =
      Comparator.comparingLong((Count count) -> count.ok - count.urls).thenComparing(MOST_FIRST);

  private final int limit;
  private final Map<String, Count> counts = new HashMap<>();
  private long forgotten;

  public HostCounter() {
    this(USUAL_LIMIT);
  }

  HostCounter(int limit) {
    this.limit = limit;
  }

  /** Counts a result; one of a line that names no host does not count. */
  public synchronized void count(FetchResult result) {
    switch (result.entry()) {
      case FetchRequest request -> of(request.target().host()).add(result);
      case BadLine _ -> {}
    }
  }

  private Count of(String host) {
    Count count = counts.get(host);
    if (count == null) {
      if (counts.size() >= limit) {
        forgetHalf();
      }
      count = new Count(host, forgotten);
      counts.put(host, count);
    }
    return count;
  }

  private void forgetHalf() {
    List<Count> sorted = new ArrayList<>(counts.values());
    sorted.sort(FEWEST_FIRST);
    for (Count count : sorted.subList(0, sorted.size() / 2)) {
      counts.remove(count.host);
      forgotten = Math.max(forgotten, count.most());
    }
  }

  /** Those with the most entries, and those with the most failures. */
  public synchronized HostTallies top(int number) {
    List<HostTally> top =
        counts.values().stream().sorted(MOST_FIRST).limit(number).map(Count::tally).toList();
    List<HostTally> worst =
        counts.values().stream()
            .filter(count -> count.urls > count.ok)
            .sorted(WORST_FIRST)
            .limit(number)
            .map(Count::tally)
            .toList();
    return new HostTallies(top, worst, counts.size() - top.size(), forgotten == 0);
  }

  /** The results of one host. */
  private static final class Count {
    /** A histogram of so few digits takes some hundred bytes. */
    private static final int SIGNIFICANT_DIGITS = 1;

    private static final long UNIT_NANOS = 100_000;

    private final String host;
    private final long missed;
    private @Nullable IntCountsHistogram times;
    private long urls;
    private long ok;
    private long retries;
    private long bytes;

    Count(String host, long missed) {
      this.host = host;
      this.missed = missed;
    }

    void add(FetchResult result) {
      urls++;
      ok += result.ok() ? 1 : 0;
      retries += result.scheduling().retries();
      if (result.attempt() != null) {
        bytes += result.attempt().body().delivered();
        if (times == null) {
          times = new IntCountsHistogram(SIGNIFICANT_DIGITS);
        }
        times.recordValue(result.attempt().timings().total() / UNIT_NANOS);
      }
    }

    /** How many entries the host has at most. */
    long most() {
      return urls + missed;
    }

    HostTally tally() {
      return new HostTally(
          host,
          urls,
          missed,
          ok,
          retries,
          bytes,
          new Percentiles(percentile(50), percentile(95), percentile(99)));
    }

    private long percentile(double percent) {
      return times == null
          ? 0
          : UNIT_NANOS * times.medianEquivalentValue(times.getValueAtPercentile(percent));
    }
  }
}
