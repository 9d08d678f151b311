package fetch.frontier;

import fetch.WorkersUsed;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests in flight to all hosts, and limits them if their number is adaptive. For one
 * thread.
 */
final class InFlight {
  private final @Nullable AdaptiveWorkers workers;
  private int count;

  /**
   * @param mostAdapted how far the limit may rise; 0 for no limit
   */
  InFlight(int mostAdapted) {
    this.workers = mostAdapted == 0 ? null : new AdaptiveWorkers(mostAdapted);
  }

  void begin(long now) {
    count++;
    if (workers != null) {
      workers.began(count, now);
    }
  }

  void end() {
    count--;
  }

  /** Records the end of a request. */
  void learn(LoadSign sign, long now) {
    if (workers != null) {
      workers.ended(sign, count, now);
    }
  }

  boolean isNone() {
    return count == 0;
  }

  boolean isFull() {
    return workers != null && count >= workers.limit();
  }

  /** The most requests for now. */
  int limit() {
    return workers == null ? Integer.MAX_VALUE : workers.limit();
  }

  /** The limits that were used; null without a limit. */
  @Nullable WorkersUsed used() {
    return workers == null ? null : workers.used();
  }
}
