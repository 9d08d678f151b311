package fetch.http;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import java.util.function.Consumer;

/**
 * Makes one attempt at a request: connects, sends, follows redirects, reads the body to its end.
 *
 * <ul>
 *   <li>Every end of it is an {@link Attempt}; only a bug throws.
 *   <li>The attempt is there within the time limits, whatever the server does.
 *   <li>Bodies are read as they come and never held, but for the beginning of a robots.txt.
 * </ul>
 *
 * Safe for many threads.
 */
public interface Exchange extends AutoCloseable {
  /** Makes the attempt on the calling thread. */
  Attempt execute(FetchRequest request);

  /** Makes the attempt elsewhere and hands it over, on whatever thread it ended on. */
  void enqueue(FetchRequest request, Consumer<Attempt> whenDone);

  /** Ends all attempts under way, and all that begin later, with this kind of failure. */
  void cancelAll(FailureKind reason);

  /** Lets go of connections and threads. No attempt may be under way. */
  @Override
  void close();
}
