package fetch.http;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.warc.ExchangeRecorder;

/**
 * Makes one request and receives its response: connects, sends, reads the body to its end. A
 * redirect is an {@link fetch.Outcome.Redirected outcome}, which the caller follows.
 *
 * <ul>
 *   <li>Every exchange ends in an {@link Attempt}. Only a bug throws; its connection is dropped.
 *   <li>It ends within the time limits, whatever the server does.
 *   <li>Bodies are streamed and never held in memory, except for the beginning of a robots.txt.
 * </ul>
 *
 * <p>Safe for many threads.
 */
public interface Exchange extends AutoCloseable {
  /** Makes the attempt on the calling thread. */
  Attempt execute(FetchRequest request);

  /**
   * Makes the attempt asynchronously, and completes it on the thread on which it ended. Throws
   * nothing.
   */
  void enqueue(FetchRequest request, Completion completion);

  /** Receives the outcome of an enqueued attempt. */
  interface Completion {
    void attempted(Attempt attempt);

    /** Called instead if the attempt threw because of a bug. */
    void threw(Throwable bug);
  }

  /** Ends all attempts in flight, and all later ones, with this kind of failure. */
  void cancelAll(FailureKind reason);

  /**
   * Returns this exchange with another recorder of what is sent and received. It has the same
   * connections; closing this one closes both.
   */
  default Exchange with(ExchangeRecorder recorder) {
    throw new UnsupportedOperationException("nothing is recorded here");
  }

  /** The total time that attempts have waited for name look-ups, in nanoseconds. */
  default long lookupNanos() {
    return 0;
  }

  /**
   * The total time that connections have waited for their share of the bandwidth, in nanoseconds.
   */
  default long pacedNanos() {
    return 0;
  }

  /** Closes connections and threads. No attempt may be in flight. */
  @Override
  void close();
}
