package fetch.http.wire;

import fetch.Clock;

/**
 * Shares a number of bytes per second among the connections of a run, in both directions together.
 *
 * <p>A connection that has received or sent a few bytes waits until they are paid for, and gets no
 * more until then. As all pay in turn, each gets the same share, and unused shares go to the
 * others. After a pause, a quarter of a second's bytes may go at once. Safe for many threads.
 */
public final class Bandwidth {
  private static final long NANOS = 1_000_000_000;
  private static final long BURST_NANOS = NANOS / 4;
  private static final long TURNS_A_SECOND = 50;
  private static final int LEAST_BYTES = 64;
  private static final int MOST_BYTES = 8192;

  private final long bytesPerSecond;
  private final Clock clock;

  /** When all bytes so far are paid for. */
  private long paid;

  private long waited;

  public Bandwidth(long bytesPerSecond, Clock clock) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.paid = clock.nanoTime() - BURST_NANOS;
  }

  /** The most bytes that a connection may receive or send before it waits. */
  int turn() {
    return Math.clamp(bytesPerSecond / TURNS_A_SECOND, LEAST_BYTES, MOST_BYTES);
  }

  /** Charges received or sent bytes. Returns how many nanoseconds their connection must wait. */
  synchronized long charge(int bytes) {
    long now = clock.nanoTime();
    long from = paid - now < -BURST_NANOS ? now - BURST_NANOS : paid;
    paid = from + (long) ((double) bytes * NANOS / bytesPerSecond);
    long wait = Math.max(0, paid - now);
    waited += wait;
    return wait;
  }

  /** The total time that connections had to wait so far, in nanoseconds. */
  public synchronized long waitedNanos() {
    return waited;
  }
}
