package fetch.frontier;

import fetch.FetchRequest;
import fetch.FetchResult;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for its turn.
 *
 * @param order of those that may go, the lowest goes first
 * @param since when it began to wait, in nanoseconds
 * @param before what the attempt before it came to, null when there was none
 * @param firstStart when the first attempt began, in nanoseconds; 0 when there was none
 */
record Waiting(
    FetchRequest request, long order, long since, @Nullable FetchResult before, long firstStart) {

  int retries() {
    int before = this.before == null ? 0 : this.before.numRetries();
    return isRetry() ? before + 1 : before;
  }

  /** Whether the attempt before it failed, rather than being told to come later. */
  boolean isRetry() {
    return before != null && request.onward() == null;
  }
}
