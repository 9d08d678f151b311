package fetch.cli.preview;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts names in bounded memory. With no more different names than there is room for, all is
 * exact. Beyond that the rare ones are forgotten, and the counts of the others are too small by at
 * most {@link #missing} (Misra and Gries, 1982).
 */
final class HostCounts {
  /** A host and how many URLs it was seen to have. */
  record Count(String host, long urls) {}

  private final int room;
  private final Map<String, Count> counts = new HashMap<>();
  private final DistinctEstimate distinct = new DistinctEstimate();
  private long missing;

  /**
   * @param room how many names are kept, 50,000 at least for the number of others to be well
   *     estimated
   */
  HostCounts(int room) {
    this.room = room;
  }

  void add(String host) {
    distinct.add(host);
    if (counts.size() == room && !counts.containsKey(host)) {
      forgetOneOfEach();
    } else {
      counts.merge(host, new Count(host, 1), (old, one) -> new Count(host, old.urls() + 1));
    }
  }

  /** The new one is forgotten with them. */
  private void forgetOneOfEach() {
    missing++;
    counts.values().removeIf(count -> count.urls() == 1);
    counts.replaceAll((host, count) -> new Count(host, count.urls() - 1));
  }

  /** The most frequent ones, the most frequent first. */
  List<Count> biggest(int most) {
    return counts.values().stream()
        .sorted(Comparator.comparingLong(Count::urls).reversed().thenComparing(Count::host))
        .limit(most)
        .toList();
  }

  /** How many different ones there were; an estimate unless {@link #exact}. */
  long distinct() {
    return exact() ? counts.size() : distinct.estimate();
  }

  boolean exact() {
    return missing == 0;
  }

  /** How much larger than counted any one may be. */
  long missing() {
    return missing;
  }
}
