package fetch.frontier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spaces starts evenly, as the generic cell rate algorithm does. What a late wake-up costs is made
 * up for at once, but never more than a tenth of a second's worth: the rate holds within 1% over
 * ten seconds, and there are no bursts.
 */
final class RateLimiter {
  private static final double MADE_UP_NANOS = 100e6;

  private double interval;
  private final long origin;
  private double next;

  /**
   * @param rate null for no limit
   * @param now any moment up to the first start, in nanoseconds
   */
  RateLimiter(@Nullable Rate rate, long now) {
    this.interval = rate == null ? 0 : rate.intervalNanos();
    this.origin = now;
  }

  /** Leaves at least so much time from one start to the next. */
  void slowTo(Duration least) {
    interval = Math.max(interval, (double) least.toNanos());
  }

  /** How long until something may start, in nanoseconds; 0 for now. */
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
