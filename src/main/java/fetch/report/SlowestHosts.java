package fetch.report;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.Outcome;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts with the slowest requests, by the slowest of each. Exact however many hosts there are:
 * a host that is displaced can only come back with a request slower than those that displaced it.
 * For one thread.
 */
final class SlowestHosts {
  private static final int MOST_HOSTS = 20;

  private static final Comparator<Slowest> BY_TIME =
      Comparator.comparingLong(Slowest::nanos).thenComparing(Slowest::host);

  private final Map<String, Slowest> slowest = new HashMap<>();
  private long least;

  /**
   * The slowest request of a host.
   *
   * @param nanos how long it took
   * @param phase that took the most of it
   * @param end status or error
   */
  record Slowest(String host, long nanos, String phase, String url, String end) {}

  /** Takes note of a request. */
  void add(FetchRequest request, Attempt attempt, PhaseTimes.Durations durations) {
    long nanos = durations.total();
    if (nanos <= least && slowest.size() >= MOST_HOSTS) {
      return;
    }
    String host = request.requested().host();
    Slowest before = slowest.get(host);
    if (before != null && before.nanos() >= nanos) {
      return;
    }
    slowest.put(
        host,
        new Slowest(
            host,
            nanos,
            durations.longest(),
            Example.cut(request.requested().url()),
            end(attempt.outcome())));
    if (slowest.size() > MOST_HOSTS) {
      slowest.remove(quickest().host());
    }
    least = quickest().nanos();
  }

  private Slowest quickest() {
    return slowest.values().stream().min(BY_TIME).orElseThrow();
  }

  private static String end(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed.kind().label();
      case Outcome.Answered _, Outcome.Redirected _, Outcome.Unchanged _ ->
          Integer.toString(outcome.status());
    };
  }

  /** The slowest first. */
  List<Slowest> all() {
    Collection<Slowest> values = slowest.values();
    return values.stream().sorted(BY_TIME.reversed()).toList();
  }
}
