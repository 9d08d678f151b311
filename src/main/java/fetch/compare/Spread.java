package fetch.compare;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Summarises repeated measurements: median, minimum and maximum. NaN without measurements. */
record Spread(double median, double least, double most) {
  static <T> Spread of(Collection<T> things, ToDoubleFunction<T> measure) {
    return of(things.stream().mapToDouble(measure).toArray());
  }

  static Spread of(double... values) {
    if (values.length == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** The range, relative to the median. */
  double relative() {
    return (most - least) / median;
  }
}
