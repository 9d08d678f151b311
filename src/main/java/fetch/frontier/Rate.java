package fetch.frontier;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number of events in a time.
 *
 * @param count at least 1
 * @param per the time for these events, more than zero
 */
public record Rate(long count, Duration per) {
  private static final Map<Duration, String> UNITS =
      Map.of(Duration.ofSeconds(1), "s", Duration.ofMinutes(1), "m", Duration.ofHours(1), "h");

  public Rate {
    if (count < 1 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("nothing happens " + count + " times in " + per);
    }
  }

  /** The time between two events, in nanoseconds. */
  public double intervalNanos() {
    return (double) per.toNanos() / count;
  }

  /** The rate in the syntax of options, such as {@code 50/s}. */
  @Override
  public String toString() {
    @Nullable String unit = UNITS.get(per);
    return count + "/" + (unit == null ? per.toMillis() + "ms" : unit);
  }

  /** The part for one of several that share this rate. */
  public Rate dividedBy(int sharers) {
    return new Rate(count, per.multipliedBy(sharers));
  }
}
