package fetch.cli.progress;

import fetch.Tally;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Measures the speed of a run over the last ten seconds, which makes the figures both steady and
 * current. For one thread.
 */
final class Speed {
  private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final double NANOS = 1e9;

  /** From this many results on, the estimate uses the last seconds, not the whole run. */
  private static final long TELLING = 5;

  private record Moment(long nanos, long urls, long bytes) {}

  private final Deque<Moment> moments = new ArrayDeque<>();
  private Moment since = new Moment(0, 0, 0);
  private Moment now = since;

  void update(Tally tally) {
    now = new Moment(tally.elapsedNanos(), tally.urls(), tally.bytes());
    if (now.nanos() - last().nanos() >= STEP_NANOS) {
      moments.addLast(now);
    }
    while (!moments.isEmpty() && now.nanos() - moments.getFirst().nanos() >= SPAN_NANOS) {
      since = moments.removeFirst();
    }
  }

  private Moment last() {
    return moments.isEmpty() ? since : moments.getLast();
  }

  double urlsPerSecond() {
    return perSecond(now.urls() - since.urls());
  }

  double bytesPerSecond() {
    return perSecond(now.bytes() - since.bytes());
  }

  private double perSecond(long amount) {
    long nanos = now.nanos() - since.nanos();
    return nanos <= 0 ? 0 : amount * NANOS / nanos;
  }

  /** Estimates the seconds for this many URLs; empty while unknown. */
  OptionalDouble secondsFor(long urls) {
    boolean telling = now.urls() - since.urls() >= TELLING;
    double rate = telling ? urlsPerSecond() : now.urls() * NANOS / Math.max(1, now.nanos());
    return rate == 0 ? OptionalDouble.empty() : OptionalDouble.of(urls / rate);
  }
}
