package fetch.report;

import fetch.FailureKind;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * Counts failures by host with the space-saving algorithm of Metwally, Agrawal and El Abbadi
 * (2005): a new host takes the place of the one with the fewest failures. Exact up to {@value
 * #MOST_HOSTS} failing hosts. Beyond that, every host with more than one in {@value #MOST_HOSTS} of
 * the failures is still included. For one thread.
 */
final class FailingHosts {
  static final int MOST_HOSTS = 500;

  private static final Comparator<Count> MOST_FIRST =
      Comparator.comparingLong((Count count) -> -count.sure()).thenComparing(Count::host);

  private final Map<String, Count> counts = new HashMap<>();
  private final TreeMap<Long, SequencedSet<Count>> byFailures = new TreeMap<>();
  private boolean exact = true;

  /** The failures of one host. */
  static final class Count {
    private static final int MOST_EXAMPLES = 3;

    private final String host;

    /** Failures that may be another host's. */
    private final long excess;

    private final Map<FailureKind, FailureExample> examples = new EnumMap<>(FailureKind.class);
    private long failures;

    private Count(String host, long excess) {
      this.host = host;
      this.excess = excess;
      this.failures = excess;
    }

    String host() {
      return host;
    }

    /** Failures that are certainly this host's. */
    long sure() {
      return failures - excess;
    }

    /** Further failures that may be this host's. */
    long excess() {
      return excess;
    }

    /** The first failure of each kind, of the first kinds. */
    Map<FailureKind, FailureExample> examples() {
      return examples;
    }

    private void add(FetchResult result, Failure failure) {
      failures++;
      if (examples.size() < MOST_EXAMPLES && !examples.containsKey(failure.kind())) {
        examples.put(failure.kind(), FailureExample.of(result, failure));
      }
    }
  }

  /** Counts a failed entry. */
  void count(String host, FetchResult result, Failure failure) {
    Count count = counts.get(host);
    if (count == null) {
      long excess = counts.size() < MOST_HOSTS ? 0 : forgetFewest();
      count = new Count(host, excess);
      counts.put(host, count);
    } else {
      leave(count);
    }
    count.add(result, failure);
    byFailures.computeIfAbsent(count.failures, _ -> new LinkedHashSet<>()).add(count);
  }

  private long forgetFewest() {
    exact = false;
    Iterator<Count> fewest = byFailures.firstEntry().getValue().iterator();
    Count forgotten = fewest.next();
    leave(forgotten);
    counts.remove(forgotten.host);
    return forgotten.failures;
  }

  private void leave(Count count) {
    SequencedSet<Count> equal = byFailures.get(count.failures);
    if (equal != null && equal.remove(count) && equal.isEmpty()) {
      byFailures.remove(count.failures);
    }
  }

  /** The hosts with the most failures. */
  List<Count> worst(int number) {
    List<Count> sorted = new ArrayList<>(counts.values());
    sorted.sort(MOST_FIRST);
    return sorted.subList(0, Math.min(number, sorted.size()));
  }

  /** Whether no failing host was dropped. */
  boolean isExact() {
    return exact;
  }

  /** The number of failing hosts that are counted. */
  int size() {
    return counts.size();
  }
}
