package fetch.metrics;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts attempts in flight, and the durations of finished attempts. Safe for many threads. */
public final class AttemptMetrics {
  /** The upper bounds of the duration buckets, in milliseconds; a last bucket has no bound. */
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

  /** Counts the start of an attempt. */
  public void begin() {
    inFlight.incrementAndGet();
  }

  /** Counts the end of an attempt, whatever its outcome. */
  public void end() {
    inFlight.decrementAndGet();
  }

  /** Records the duration of an attempt, in nanoseconds. */
  public void took(long duration) {
    int index = 0;
    while (index < BOUNDS_MILLIS.length && duration > BOUNDS_MILLIS[index] * NANOS) {
      index++;
    }
    classes[index].increment();
    nanos.add(duration);
  }

  /** The number of attempts in flight. */
  public int inFlight() {
    return inFlight.get();
  }

  /** The sum of all durations, in nanoseconds. */
  long nanos() {
    return nanos.sum();
  }

  static long[] boundsMillis() {
    return BOUNDS_MILLIS.clone();
  }

  /** The number of attempts up to each bound, then the total. */
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
