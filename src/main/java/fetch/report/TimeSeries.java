package fetch.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts events over time in a fixed number of steps. If the run is longer, pairs of steps are
 * joined, and all later steps are twice as long. For one thread.
 */
final class TimeSeries {
  private static final int STEPS = 240;
  private static final long FIRST_STEP = 10_000_000;

  /** Enough to show what happened, and few enough for a page. */
  private static final int MOST_BARS = 120;

  /** With fewer events per bar, the bars show mostly noise. */
  private static final int FEWEST_PER_BAR = 2;

  private static final int FEW_BARS = 10;

  private final long[] good = new long[STEPS];
  private final long[] bad = new long[STEPS];
  private long step = FIRST_STEP;
  private long total;

  /**
   * A period of time.
   *
   * @param nanos its beginning, in nanoseconds from the start
   * @param length in nanoseconds; that of the last bar differs
   */
  record Bar(long nanos, long length, long good, long bad) {
    /** Joins two bars: the rate of a short remainder is not meaningful. */
    private Bar with(Bar next) {
      return new Bar(nanos, length + next.length, good + next.good, bad + next.bad);
    }

    double perSecond(long count) {
      return count * 1e9 / length;
    }
  }

  /** Counts an event this many nanoseconds after the start. */
  void add(long nanos, boolean ok) {
    long now = Math.max(0, nanos);
    while (now >= step * STEPS) {
      fold(good);
      fold(bad);
      step *= 2;
    }
    (ok ? good : bad)[(int) (now / step)]++;
    total++;
  }

  private static void fold(long... counts) {
    for (int i = 0; i < STEPS / 2; i++) {
      counts[i] = counts[2 * i] + counts[2 * i + 1];
    }
    for (int i = STEPS / 2; i < STEPS; i++) {
      counts[i] = 0;
    }
  }

  /**
   * All events from the start to the end.
   *
   * @param nanos the duration of the run
   */
  List<Bar> bars(long nanos) {
    long end = Math.max(nanos, last() * step + 1); // events may end after the clock was read
    int steps = (int) Math.min((end + step - 1) / step, STEPS);
    int width = 1;
    while (isTooFine(Math.ceilDiv(steps, width))) {
      width *= 2;
    }
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < steps; i += width) {
      long length = Math.min(width * step, end - i * step);
      Bar bar = new Bar(i * step, length, sum(good, i, width), sum(bad, i, width));
      bars.add(length < width * step / 2 && i > 0 ? bars.removeLast().with(bar) : bar);
    }
    return bars;
  }

  private boolean isTooFine(int bars) {
    return bars > MOST_BARS || (bars > FEW_BARS && total < (long) FEWEST_PER_BAR * bars);
  }

  /** The last step with an event, or the first. */
  private int last() {
    int last = STEPS - 1;
    while (last > 0 && good[last] + bad[last] == 0) {
      last--;
    }
    return last;
  }

  private static long sum(long[] counts, int from, int width) {
    long sum = 0;
    for (int i = from; i < Math.min(STEPS, from + width); i++) {
      sum += counts[i];
    }
    return sum;
  }
}
