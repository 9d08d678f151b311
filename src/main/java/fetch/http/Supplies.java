package fetch.http;

import fetch.http.connection.Clients;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pauses of one transfer, such as until this machine has descriptors again. For one thread, but
 * for {@link #cancel}.
 */
final class Supplies {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Clients clients;
  private final long patienceNanos;
  private long exhaustedSince;
  private volatile @Nullable Thread waiter;
  private volatile boolean cancelled;

  /**
   * @param patience how long to wait in a row
   */
  Supplies(Clients clients, Duration patience) {
    this.clients = clients;
    this.patienceNanos = patience.toNanos();
  }

  /** Says that there was enough of everything. */
  void suffice() {
    exhaustedSince = 0;
  }

  /**
   * Lets go of what is not needed, and waits a moment. Returns whether to try again: false when
   * there is no time left for it.
   *
   * @param elapsed how long the transfer has taken, in nanoseconds
   * @param remaining how long it may still take
   */
  boolean awaitMore(long elapsed, long remaining) {
    if (exhaustedSince == 0) {
      exhaustedSince = elapsed;
    }
    if (remaining <= 2 * PAUSE_NANOS || elapsed - exhaustedSince > patienceNanos) {
      return false;
    }
    clients.closeIdle();
    return pause(PAUSE_NANOS);
  }

  /** Waits for some nanoseconds, and returns whether to go on: false once it is cancelled. */
  boolean pause(long nanos) {
    if (nanos > 0) {
      waiter = Thread.currentThread();
      if (!cancelled) {
        LockSupport.parkNanos(nanos);
      }
      waiter = null;
    }
    return !cancelled;
  }

  /** Ends the wait, also one that is yet to begin. */
  void cancel() {
    cancelled = true;
    LockSupport.unpark(waiter);
  }
}
