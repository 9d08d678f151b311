package fetch.frontier;

import fetch.FetchResult;
import fetch.robots.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a step of the schedule, to be seen to without the lock.
 *
 * @param results of entries that ended
 * @param questions each of which must be answered
 */
record ScheduleOutput(List<FetchResult> results, List<Question> questions) {
  private static final ScheduleOutput NONE = new ScheduleOutput(List.of(), List.of());

  /**
   * An entry and the rules for what it requests next. To match them takes time, so that it is done
   * without the lock.
   */
  record Question(QueuedEntry entry, Rules rules) {
    /** Why robots.txt does not allow the request, null when it does. For any thread. */
    @Nullable String refusal() {
      return rules.refusal(entry.request().requested());
    }
  }

  boolean isEmpty() {
    return results.isEmpty() && questions.isEmpty();
  }

  /** Takes everything out. */
  ScheduleOutput takeAll() {
    if (isEmpty()) {
      return NONE;
    }
    ScheduleOutput taken = new ScheduleOutput(List.copyOf(results), List.copyOf(questions));
    results.clear();
    questions.clear();
    return taken;
  }
}
