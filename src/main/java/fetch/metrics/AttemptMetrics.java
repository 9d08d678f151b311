package fetch.metrics;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The attempts under way, and how long those took that are over. Safe for many threads. */
public final class AttemptMetrics {
  /** The upper bounds of the classes of durations, in milliseconds; beyond them is one more. */
  private static final long[] BOUNDS_MILLIS = {
    5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000
  };

  private static final long NANOS = 1_000_000;

  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder[] classes = new LongAdder[BOUNDS_MILLIS.length + 1];
  private final LongAdder nanos = new LongAdder();

  public AttemptMetrics() {
    for (int i = 0; i < classes.length; i++) {
      classes[i] = new LongAdder();
    }
  }

  /** An attempt begins. */
  public void begin() {
    inFlight.incrementAndGet();
  }

  /** An attempt is over, however it ended. */
  public void end() {
    inFlight.decrementAndGet();
  }

  /** An attempt took so long. */
  public void took(long duration) {
    int index = 0;
    while (index < BOUNDS_MILLIS.length && duration > BOUNDS_MILLIS[index] * NANOS) {
      index++;
    }
    classes[index].increment();
    nanos.add(duration);
  }

  /** How many attempts are under way. */
  public int inFlight() {
    return inFlight.get();
  }

  /** How long all attempts took together. */
  long nanos() {
    return nanos.sum();
  }

  static long[] boundsMillis() {
    return BOUNDS_MILLIS.clone();
  }

  /** How many attempts took up to each of the bounds, and last how many there were. */
  long[] cumulated() {
    long[] counts = new long[classes.length];
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += classes[i].sum();
      counts[i] = sum;
    }
    return counts;
  }
}
