package fetch.cli;

import org.jspecify.annotations.Nullable;

/** Why a run ends before all is done. The first reason counts. Safe for many threads. */
final class Ending {
  /** The reasons. */
  sealed interface Reason {
    /** A signal came. */
    record Signalled(int number) implements Reason {}

    /** Whoever read the results has gone. */
    record OutputClosed() implements Reason {}

    /** The results cannot be written. */
    record OutputFailed(String message) implements Reason {}
  }

  private @Nullable Reason reason;
  private @Nullable Runnable stop;

  /** Ends the run; false when it was ending already. */
  synchronized boolean because(Reason why) {
    if (reason != null) {
      return false;
    }
    reason = why;
    if (stop != null) {
      stop.run();
    }
    return true;
  }

  /** Says how the run is stopped, without blocking; at once if it is ending already. */
  synchronized void stopBy(Runnable how) {
    stop = how;
    if (reason != null) {
      how.run();
    }
  }

  /** The reason, null when there is none. */
  synchronized @Nullable Reason reason() {
    return reason;
  }
}
