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
 * Counts results by host in bounded memory.
 *
 * <p>Counts are exact up to a limit. Beyond it, the half of the hosts with the fewest entries is
 * dropped repeatedly. A host that appears after that may have had up to as many entries as any
 * dropped host. Of {@code n} entries that is at most {@code n / } half the limit. So no host with
 * more entries than that is ever dropped: with the usual limit, one in 5,000. Safe for many
 * threads.
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

  /** Counts a result, unless its line has no host. */
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

  /** The hosts with the most entries, and those with the most failures. */
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
    /** A histogram with this precision takes some hundred bytes. */
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

    /** The upper bound of the host's entries. */
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
