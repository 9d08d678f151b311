package fetch.engine;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import java.util.List;

/**
 * Receives the events of a run. Called on the workers' threads, so it must be quick, safe for many
 * threads, and throw nothing.
 */
public interface RunListener {
  /**
   * A request is about to be sent: the first of an entry, a retry, or the next hop of a redirect.
   */
  default void begins(FetchRequest request) {}

  /** A request ended, with a response or without. */
  default void attempted(FetchRequest request, Attempt attempt) {}

  /** A request ended because of a bug in fetch, or because the JVM lacks memory. */
  default void threw(FetchRequest request, Throwable bug) {}

  /** All requests in flight are cancelled. */
  default void cancelled(FailureKind reason) {}

  /** An entry ended. Its result has not been written yet. */
  default void ended(FetchResult result) {}

  /** Notifies several listeners, in this order. */
  static RunListener of(List<RunListener> listeners) {
    return new RunListener() {
      @Override
      public void begins(FetchRequest request) {
        listeners.forEach(listener -> listener.begins(request));
      }

      @Override
      public void attempted(FetchRequest request, Attempt attempt) {
        listeners.forEach(listener -> listener.attempted(request, attempt));
      }

      @Override
      public void threw(FetchRequest request, Throwable bug) {
        listeners.forEach(listener -> listener.threw(request, bug));
      }

      @Override
      public void cancelled(FailureKind reason) {
        listeners.forEach(listener -> listener.cancelled(reason));
      }

      @Override
      public void ended(FetchResult result) {
        listeners.forEach(listener -> listener.ended(result));
      }
    };
  }
}
