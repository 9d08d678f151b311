package fetch.http;

import fetch.http.connection.Clients;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Pauses a transfer, for instance until this machine has free file descriptors. For one thread,
 * except for {@link #cancel}.
 */
final class ResourceWait {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Clients clients;
  private final long patienceNanos;
  private long exhaustedSince;
  private volatile @Nullable Thread waiter;
  private volatile boolean cancelled;

  /**
   * @param patience how long to wait in total for one call
   */
  ResourceWait(Clients clients, Duration patience) {
    this.clients = clients;
    this.patienceNanos = patience.toNanos();
  }

  /** Called when a call got all resources; the next wait starts anew. */
  void sufficed() {
    exhaustedSince = 0;
  }

  /**
   * Closes idle connections and waits a moment. Returns whether to try again: false if no time is
   * left.
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

  /** Waits for some nanoseconds. Returns whether to go on: false once it is cancelled. */
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

  /** Ends the current wait and any later one. */
  void cancel() {
    cancelled = true;
    LockSupport.unpark(waiter);
  }
}
