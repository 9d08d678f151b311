package fetch.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to positions on an axis.
 *
 * @param least the value at the start of the axis
 * @param most the value at its end
 * @param start the position of the start in the chart
 * @param end the position of the end
 * @param logarithmic whether the scale is logarithmic
 */
public record AxisScale(double least, double most, double start, double end, boolean logarithmic) {
  /** Possible ticks, apart from powers of ten; the coarsest first. */
  private static final double[][] STEPS = {
    {1, 2, 5}, {1, 1.5, 2, 3, 5, 7}, {1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9}
  };

  private static final int FEW = 3;

  /** More labels than this overlap; powers of ten are enough then. */
  private static final int MANY = 14;

  private static final int MOST_INTERVALS = 6;

  /** Tolerance for rounding errors. */
  private static final double TOLERANCE = 1e-9;

  /** From zero to a round number above the greatest value. */
  public static AxisScale fromZero(double greatest, double start, double end) {
    double step = step(greatest);
    return new AxisScale(0, step * Math.ceil(greatest / step - TOLERANCE), start, end, false);
  }

  /** The position of a value. */
  public double at(double value) {
    double part =
        logarithmic
            ? Math.log(value / least) / Math.log(most / least)
            : (value - least) / (most - least);
    return start + part * (end - start);
  }

  boolean has(double value) {
    return value >= least && value <= most;
  }

  /** Round numbers for the labels of the axis. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (!logarithmic) {
      double step = step(most - least);
      for (int i = 0; i * step <= most + step * TOLERANCE; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
    for (double[] steps : STEPS) {
      ticks = ticks(steps);
      if (ticks.size() > FEW) {
        break;
      }
    }
    return ticks.size() > MANY ? ticks(1) : ticks;
  }

  private List<Double> ticks(double... steps) {
    List<Double> ticks = new ArrayList<>();
    for (double power = Math.pow(10, Math.floor(Math.log10(least))); power <= most; power *= 10) {
      for (double step : steps) {
        if (has(power * step)) {
          ticks.add(power * step);
        }
      }
    }
    return ticks;
  }

  /** The smallest 1, 2 or 5 times a power of ten that makes few intervals. */
  private static double step(double length) {
    double power = Math.pow(10, Math.floor(Math.log10(length / MOST_INTERVALS)));
    for (double step : STEPS[0]) {
      if (length / (power * step) <= MOST_INTERVALS + TOLERANCE) {
        return power * step;
      }
    }
    return 10 * power;
  }
}
