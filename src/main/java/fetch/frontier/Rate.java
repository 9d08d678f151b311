package fetch.frontier;

import java.time.Duration;

/**
 * A number of events in a time.
 *
 * @param count at least 1
 * @param per the time for these events, more than zero
 */
public record Rate(long count, Duration per) {
  public Rate {
    if (count < 1 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("nothing happens " + count + " times in " + per);
    }
  }

  /** The time between two events, in nanoseconds. */
  public double intervalNanos() {
    return (double) per.toNanos() / count;
  }

  /** The part of it that each of several has who share it. */
  public Rate dividedBy(int sharers) {
    return new Rate(count, per.multipliedBy(sharers));
  }
}
