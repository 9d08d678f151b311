package fetch.http;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;

/**
 * Makes one request and takes in its response: connects, sends, reads the body to its end. A
 * redirect is an {@link fetch.Outcome.Redirected outcome}, which it leaves to its caller to follow.
 *
 * <ul>
 *   <li>Every end of it is an {@link Attempt}; only a bug throws, and its connection is dropped.
 *   <li>The attempt is there within the time limits, whatever the server does.
 *   <li>Bodies are read as they come and never held, but for the beginning of a robots.txt.
 * </ul>
 *
 * Safe for many threads.
 */
public interface Exchange extends AutoCloseable {
  /** Makes the attempt on the calling thread. */
  Attempt execute(FetchRequest request);

  /**
   * Makes the attempt elsewhere and completes it on whatever thread it ended on. Throws nothing.
   */
  void enqueue(FetchRequest request, Completion completion);

  /** Takes what came of an attempt that was made elsewhere. */
  interface Completion {
    void attempted(Attempt attempt);

    /** Takes a bug in place of an attempt. */
    void threw(Throwable bug);
  }

  /** Ends all attempts under way, and all that begin later, with this kind of failure. */
  void cancelAll(FailureKind reason);

  /** How long all attempts so far have waited for name look-ups, in nanoseconds. */
  default long lookupNanos() {
    return 0;
  }

  /** How long connections have waited for their share of the bandwidth so far, in nanoseconds. */
  default long pacedNanos() {
    return 0;
  }

  /** Lets go of connections and threads. No attempt may be under way. */
  @Override
  void close();
}
