package fetch.frontier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spaces starts evenly (generic cell rate algorithm). Time lost to a late wake-up is made up for,
 * up to a tenth of a second: the rate holds within 1% over ten seconds, without bursts.
 */
final class RateLimiter {
  private static final double MADE_UP_NANOS = 100e6;

  private double interval;
  private final long origin;
  private double next;
  private boolean slowed;

  /**
   * @param rate null for no limit
   * @param now a moment not after the first start, in nanoseconds
   */
  RateLimiter(@Nullable Rate rate, long now) {
    this.interval = rate == null ? 0 : rate.intervalNanos();
    this.origin = now;
  }

  /** Sets a minimum time between two starts. */
  void slowTo(Duration least) {
    slowed |= least.toNanos() > interval;
    interval = Math.max(interval, (double) least.toNanos());
  }

  /** Whether the minimum time is more than the rate demands. */
  boolean isSlowed() {
    return slowed;
  }

  /** The time until the next start, in nanoseconds; 0 for now. */
  long delay(long now) {
    return interval == 0 ? 0 : Math.max(0, (long) Math.ceil(next - (now - origin)));
  }

  void start(long now) {
    if (interval > 0) {
      double elapsed = now - origin;
      boolean first = next == 0;
      next = Math.max(first ? elapsed : next, elapsed - MADE_UP_NANOS) + interval;
    }
  }
}
