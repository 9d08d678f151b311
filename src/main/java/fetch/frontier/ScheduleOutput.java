package fetch.frontier;

import fetch.FetchResult;
import fetch.robots.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a step of the schedule leaves to do outside the lock.
 *
 * @param results of entries that are done
 * @param checks robots.txt checks, each of which must be passed to {@link Schedule#finish}
 */
record ScheduleOutput(List<FetchResult> results, List<RobotsCheck> checks) {
  private static final ScheduleOutput NONE = new ScheduleOutput(List.of(), List.of());

  /**
   * An entry, and the rules that its next request is matched against. Matching is slow, so it is
   * done outside the lock.
   */
  record RobotsCheck(QueuedEntry entry, Rules rules) {
    /** Why robots.txt disallows the request; null if it allows it. For any thread. */
    @Nullable String refusal() {
      return rules.refusal(entry.request().requested());
    }
  }

  boolean isEmpty() {
    return results.isEmpty() && checks.isEmpty();
  }

  /** Removes and returns everything. */
  ScheduleOutput takeAll() {
    if (isEmpty()) {
      return NONE;
    }
    ScheduleOutput taken = new ScheduleOutput(List.copyOf(results), List.copyOf(checks));
    results.clear();
    checks.clear();
    return taken;
  }
}
