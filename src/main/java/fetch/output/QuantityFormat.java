package fetch.output;

import java.util.Locale;

/** Formats sizes, times and rates for people. */
public final class QuantityFormat {
  private static final String[] SIZES = {"kB", "MB", "GB", "TB", "PB"};
  private static final double NANOS = 1e9;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private QuantityFormat() {}

  /** {@code 999 B}, {@code 1.2 kB}: powers of 1000. */
  public static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double size = bytes / 1000.0;
    int unit = 0;
    while (size >= 999.95 && unit < SIZES.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, SIZES[unit]);
  }

  /** {@code 34ms}, {@code 1.2s}. */
  static String duration(long nanos) {
    long millis = Math.round(nanos / 1e6);
    return millis < 1000 ? millis + "ms" : String.format(Locale.ROOT, "%.1fs", nanos / NANOS);
  }

  /** {@code 34 ms}, {@code 1.23 s}, {@code 12.3 s}, {@code 123 s}. */
  static String time(long nanos) {
    long millis = Math.round(nanos / 1e6);
    if (millis < 1000) {
      return millis + " ms";
    }
    String format = millis < 9_995 ? "%.2f s" : millis < 99_950 ? "%.1f s" : "%.0f s";
    return String.format(Locale.ROOT, format, millis / 1e3);
  }

  /** {@code 1.5}, {@code 191}. */
  public static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 9.95 ? "%.1f" : "%.0f", perSecond);
  }

  /** {@code 45s}, {@code 3m05s}, {@code 2h07m}, {@code 3d04h}. */
  public static String span(long seconds) {
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      return of(seconds / MINUTE, "m", seconds % MINUTE, "s");
    }
    return seconds < DAY
        ? of(seconds / HOUR, "h", seconds % HOUR / MINUTE, "m")
        : of(seconds / DAY, "d", seconds % DAY / HOUR, "h");
  }

  private static String of(long large, String unit, long small, String smallUnit) {
    return large + unit + (small < 10 ? "0" : "") + small + smallUnit;
  }
}
