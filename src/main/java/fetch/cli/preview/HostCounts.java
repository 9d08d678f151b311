package fetch.cli.preview;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts names in bounded memory. Counts are exact as long as all different names fit. Beyond that,
 * rare names are dropped, and the counts of others are too low by at most {@link #missing} (Misra
 * and Gries, 1982).
 */
final class HostCounts {
  /** A host and its number of URLs. */
  record Count(String host, long urls) {}

  private final int room;
  private final Map<String, Count> counts = new HashMap<>();
  private final DistinctEstimate distinct = new DistinctEstimate();
  private long missing;

  /**
   * @param room how many names are kept; at least 50,000 for a good estimate of the others
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

  /**
   * Subtracts one from every count, and drops names that reach zero; the new name is dropped too.
   */
  private void forgetOneOfEach() {
    missing++;
    counts.values().removeIf(count -> count.urls() == 1);
    counts.replaceAll((host, count) -> new Count(host, count.urls() - 1));
  }

  /** The most frequent names, in descending order. */
  List<Count> biggest(int most) {
    return counts.values().stream()
        .sorted(Comparator.comparingLong(Count::urls).reversed().thenComparing(Count::host))
        .limit(most)
        .toList();
  }

  /** The number of different names; an estimate unless {@link #exact}. */
  long distinct() {
    return exact() ? counts.size() : distinct.estimate();
  }

  boolean exact() {
    return missing == 0;
  }

  /** By how much any count may be too low. */
  long missing() {
    return missing;
  }
}
