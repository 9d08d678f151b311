package fetch.frontier;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.Target;
import fetch.robots.KnownRules;
import fetch.robots.Origin;
import fetch.robots.Robots;
import fetch.robots.RobotsReader;
import fetch.robots.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What robots.txt permits, as far as that is known, and the entries that wait for it to be. For one
 * thread, but for {@link #read}.
 */
final class Permissions {
  /** What counts when a robots.txt is asked for. */
  static final Verdict VERDICT = new Verdict("GET", StatusSet.parse("200-299"));

  private final RobotsReader reader;
  private final KnownRules known;
  private final Map<Origin, List<Waiting>> asking = new HashMap<>();

  Permissions(Robots robots) {
    this.reader = robots.reader();
    this.known = robots.known();
  }

  /** The rules after an attempt that is not repeated. For any thread: it may take a while. */
  Rules read(Attempt attempt) {
    return reader.read(attempt);
  }

  /** The rules that hold for a request, null when they have to be asked for. */
  @Nullable Rules rules(FetchRequest request, long now) {
    return known.of(Origin.of(request.target()), now);
  }

  /** Keeps an entry, and returns the request for its rules; null when that was made before. */
  @Nullable FetchRequest await(Waiting entry) {
    Origin origin = Origin.of(entry.request().target());
    List<Waiting> others = asking.get(origin);
    if (others != null) {
      others.add(entry);
      return null;
    }
    List<Waiting> first = new ArrayList<>(1);
    first.add(entry);
    asking.put(origin, first);
    Target robotsTxt = origin.robotsTxt();
    return new FetchRequest(entry.request().urlnum(), robotsTxt.url(), robotsTxt, true);
  }

  /** Takes in the rules that were asked for, and returns the entries that waited for them. */
  List<Waiting> learn(FetchRequest robotsTxt, Rules rules, long now) {
    known.put(Origin.of(robotsTxt.target()), rules, now);
    return giveUp(robotsTxt);
  }

  /** Returns the entries that waited for rules, which will not come. */
  List<Waiting> giveUp(FetchRequest robotsTxt) {
    List<Waiting> waited = asking.remove(Origin.of(robotsTxt.target()));
    return waited == null ? List.of() : waited;
  }
}
