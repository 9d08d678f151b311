package fetch.output;

import fetch.FetchResult;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts entries that the run stopped. They get no record, so the run that resumes fetches them.
 * Safe for many threads.
 */
public final class StoppedEntries {
  private final AtomicLong count = new AtomicLong();

  /** Whether a result belongs to such an entry; counts it then. */
  public boolean takes(FetchResult result) {
    if (result.stopped()) {
      count.incrementAndGet();
    }
    return result.stopped();
  }

  /** The number of these entries. */
  public long count() {
    return count.get();
  }
}
