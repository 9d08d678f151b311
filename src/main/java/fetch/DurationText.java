package fetch;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and formats times as people write them: {@code 250ms}, {@code 2s}, {@code 5m}, {@code 1h},
 * or seconds.
 */
public final class DurationText {
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,9}|\\d{0,9}\\.\\d{1,9})\\s*(ms|s|m|h|)", Pattern.CASE_INSENSITIVE);
  private static final double NANOS_PER_MILLI = 1e6;

  private DurationText() {}

  /**
   * Parses a time.
   *
   * @throws IllegalArgumentException when the text is not a time
   */
  public static Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time such as 250ms, 2s, 5m, 1h or a number of seconds");
    }
    double unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 1000;
        };
    return Duration.ofNanos(
        Math.round(Double.parseDouble(matcher.group(1)) * unit * NANOS_PER_MILLI));
  }
}
