package fetch.frontier;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.Target;
import fetch.robots.Origin;
import fetch.robots.RobotsReader;
import fetch.robots.Rules;
import fetch.robots.RulesCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the known robots.txt rules, and the entries that wait for rules. For one thread, except
 * {@link #read}.
 */
final class RobotsPermissions {
  /** A robots.txt is ok with a status of 2xx, whatever --ok says. */
  static final Verdict VERDICT = new Verdict("GET", StatusSet.parse("200-299"));

  private final RobotsReader reader;
  private final RulesCache known = new RulesCache();
  private final Map<Origin, List<QueuedEntry>> awaited = new HashMap<>();

  RobotsPermissions(RobotsReader reader) {
    this.reader = reader;
  }

  /** Parses the rules from a final attempt. Slow; for any thread. */
  Rules read(Attempt attempt) {
    return reader.read(attempt);
  }

  /** The rules for an entry's next request; null if robots.txt must be fetched first. */
  @Nullable Rules rules(FetchRequest request, long now) {
    return known.of(Origin.of(request.requested()), now);
  }

  /**
   * Keeps an entry, and returns the request for its robots.txt; null if that is already requested.
   */
  @Nullable FetchRequest await(QueuedEntry entry) {
    Origin origin = Origin.of(entry.request().requested());
    List<QueuedEntry> others = awaited.get(origin);
    if (others != null) {
      others.add(entry);
      return null;
    }
    List<QueuedEntry> first = new ArrayList<>(1);
    first.add(entry);
    awaited.put(origin, first);
    Target robotsTxt = origin.robotsTxt();
    return new FetchRequest(entry.request().urlnum(), robotsTxt.url(), robotsTxt, true);
  }

  /** Stores fetched rules, and returns the entries that waited for them. */
  List<QueuedEntry> learn(FetchRequest robotsTxt, Rules rules, long now) {
    known.put(Origin.of(robotsTxt.target()), rules, now);
    return giveUp(robotsTxt);
  }

  /** Returns the entries that waited for rules that will not come. */
  List<QueuedEntry> giveUp(FetchRequest robotsTxt) {
    List<QueuedEntry> waited = awaited.remove(Origin.of(robotsTxt.target()));
    return waited == null ? List.of() : waited;
  }

  /** Removes and returns the waiting entries that were requested before. */
  List<QueuedEntry> removeRequested() {
    List<QueuedEntry> removed = new ArrayList<>();
    for (List<QueuedEntry> waiting : awaited.values()) {
      waiting.removeIf(entry -> entry.before() != null && removed.add(entry));
    }
    return removed;
  }
}
