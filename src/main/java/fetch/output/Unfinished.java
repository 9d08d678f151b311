package fetch.output;

import fetch.FailureKind;
import fetch.FetchResult;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was stopped before it came to its own end, and has no record therefore: the run that goes on
 * fetches it. Safe for many threads.
 */
public final class Unfinished {
  private final AtomicLong count = new AtomicLong();

  /** Whether a result is one of those; counts it then. */
  public boolean takes(FetchResult result) {
    FailureKind kind = result.failure() == null ? null : result.failure().kind();
    boolean stopped = kind == FailureKind.INTERRUPTED || kind == FailureKind.DEADLINE;
    if (stopped) {
      count.incrementAndGet();
    }
    return stopped;
  }

  /** How many there are. */
  public long count() {
    return count.get();
  }
}
