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
 * Finds the hosts with the slowest requests, by the slowest request of each. Exact for any number
 * of hosts: a displaced host can only return with a request slower than those that displaced it.
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
   * @param nanos its duration
   * @param phase its longest phase
   * @param end status or error
   */
  record Slowest(String host, long nanos, String phase, String url, String end) {}

  /** Adds a request. */
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
            FailureExample.cut(request.requested().url()),
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
      case Outcome.Responded _, Outcome.Redirected _, Outcome.Unchanged _ ->
          Integer.toString(outcome.status());
    };
  }

  /** The hosts, slowest first. */
  List<Slowest> all() {
    Collection<Slowest> values = slowest.values();
    return values.stream().sorted(BY_TIME.reversed()).toList();
  }
}
