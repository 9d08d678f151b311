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
record News(List<FetchResult> results, List<Question> questions) {
  private static final News NONE = new News(List.of(), List.of());

  /**
   * An entry and the rules for what it requests next. To match them takes time, so that it is done
   * without the lock.
   */
  record Question(Waiting entry, Rules rules) {
    /** Why robots.txt does not allow the request, null when it does. For any thread. */
    @Nullable String refusal() {
      return rules.refusal(entry.request().requested());
    }
  }

  boolean isEmpty() {
    return results.isEmpty() && questions.isEmpty();
  }

  /** Takes everything out. */
  News takeAll() {
    if (isEmpty()) {
      return NONE;
    }
    News taken = new News(List.copyOf(results), List.copyOf(questions));
    results.clear();
    questions.clear();
    return taken;
  }
}
