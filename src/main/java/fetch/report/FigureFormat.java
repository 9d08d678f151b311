package fetch.report;

import java.util.Locale;

/** Formats figures for people; a hyphen if unknown. */
public final class FigureFormat {
  private static final String UNKNOWN = "-";
  private static final double MEGABYTE = 1e6;
  private static final double MILLIS = 1000;

  private FigureFormat() {}

  /** At least three digits, without unit. */
  public static String seconds(double seconds) {
    return decimals(seconds, seconds < 99.995 ? 2 : seconds < 999.95 ? 1 : 0);
  }

  /** With a unit. */
  public static String latency(double seconds) {
    double millis = seconds * MILLIS;
    if (millis >= 999.5) {
      return decimals(seconds, seconds < 9.995 ? 2 : 1) + "s";
    }
    return decimals(millis, millis < 9.95 ? 1 : 0) + "ms";
  }

  /** Without unit. */
  public static String megabytes(double bytes) {
    return decimals(bytes / MEGABYTE, 0);
  }

  /** {@code 3.9x}. */
  public static String times(double factor) {
    return decimals(factor, factor < 99.95 ? 1 : 0) + (Double.isNaN(factor) ? "" : "x");
  }

  /** For the labels of an axis. */
  public static String rounded(double value) {
    return decimals(value, value < 9.95 && value != Math.rint(value) ? 1 : 0);
  }

  /**
   * For the labels of an axis, without zeros at the end of a fraction: {@code 1,500}, {@code 0.05}.
   */
  static String count(double value) {
    if (value == Math.rint(value)) {
      return whole((long) value);
    }
    return decimals(value, value < 0.01 ? 4 : value < 1 ? 3 : 2).replaceFirst("0+$", "");
  }

  /** {@code 1,000,000}. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** For the labels of an axis: {@code 4x}. */
  public static String factor(double value) {
    return rounded(value) + "x";
  }

  /** With a decimal if the number is small. */
  public static String rate(double perSecond) {
    return decimals(perSecond, perSecond < 99.95 ? 1 : 0);
  }

  private static String decimals(double value, int decimals) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
