package fetch.frontier;

import java.time.Duration;

/**
 * How often something may happen.
 *
 * @param count how many times, at least once
 * @param per in which time
 */
public record Rate(long count, Duration per) {
  public Rate {
    if (count < 1 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("nothing happens " + count + " times in " + per);
    }
  }

  /** From one time to the next, in nanoseconds. */
  public double intervalNanos() {
    return (double) per.toNanos() / count;
  }
}
