package fetch.frontier;

import fetch.FetchRequest;
import fetch.FetchResult;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits to start.
 *
 * @param order the lowest goes first
 * @param since when the wait began, in nanoseconds
 * @param before the result of the previous request; null if this is the first
 * @param firstStart when the first attempt began, in nanoseconds; 0 if this is the first
 * @param heldUp how many earlier attempts do not count as retries
 */
record QueuedEntry(
    FetchRequest request,
    long order,
    long since,
    @Nullable FetchResult before,
    long firstStart,
    int heldUp) {

  /** An entry that was never requested. */
  static QueuedEntry first(FetchRequest request, long order, long now) {
    return new QueuedEntry(request, order, now, null, 0, 0);
  }

  /**
   * How many entries wait for a request. A robots.txt counts as none: its entries wait elsewhere.
   */
  static int weight(FetchRequest request) {
    return request.robots() ? 0 : 1;
  }

  /** The turn of this entry, beginning now. */
  Turn begin(long now) {
    if (before == null) {
      return new Turn(request, order, 0, 0, now - since, now, 0);
    }
    long waited = isRetry() ? 0 : before.scheduling().queueNanos();
    return new Turn(
        request,
        order,
        before.scheduling().retries() + (isRetry() ? 1 : 0),
        heldUp,
        waited + now - since,
        firstStart,
        before.scheduling().startEpochMillis());
  }

  /** Whether this is a retry of an entry that was first requested before a moment. */
  boolean isRetrySince(long moment) {
    return isRetry() && firstStart - moment < 0;
  }

  /** Whether the previous request failed (rather than being redirected). */
  boolean isRetry() {
    return before != null && request.hop() == null;
  }
}
