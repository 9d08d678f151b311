package fetch.cli.options;

import fetch.DurationText;
import fetch.HttpSyntax;
import fetch.frontier.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the values of options. */
public final class Converters {
  private static final Pattern RATE =
      Pattern.compile("(\\d{1,9})\\s*/\\s*([smh])", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15})\\s*([kmgt]?)b?", Pattern.CASE_INSENSITIVE);
  private static final String SIZE_UNITS = " kmgt";

  /** Longer than any run; means no limit. */
  static final Duration NO_LIMIT = Duration.ofDays(10_000);

  private Converters() {}

  /** Makes a converter whose error message is that of the parser. */
  public static <T> ITypeConverter<T> of(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }

  /** {@code 250ms}, {@code 2s}, {@code 5m}, {@code 1h}, or seconds. */
  public static Duration duration(String text) {
    return DurationText.parse(text);
  }

  /** Like {@link #duration}; 0 means no limit, as for curl. */
  public static Duration timeLimit(String text) {
    Duration duration = duration(text);
    return duration.isZero() || duration.compareTo(NO_LIMIT) > 0 ? NO_LIMIT : duration;
  }

  /** {@code 50/s}, {@code 30/m}, {@code 100/h}. */
  public static Rate rate(String text) {
    Matcher matcher = RATE.matcher(text.strip());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a rate such as 50/s, 30/m or 100/h");
    }
    Duration per =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return new Rate(Long.parseLong(matcher.group(1)), per);
  }

  /** {@code 512}, {@code 64k}, {@code 10m}, {@code 2g}: bytes, in powers of 1024. */
  public static long size(String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size such as 512, 64k, 10m or 2g");
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : SIZE_UNITS.indexOf(unit);
    long number = Long.parseLong(matcher.group(1));
    return number > Long.MAX_VALUE >> (10 * power) ? Long.MAX_VALUE : number << (10 * power);
  }

  /** Like {@link #size}; 0 means no limit, as for curl. */
  public static long sizeLimit(String text) {
    long size = size(text);
    return size == 0 ? Long.MAX_VALUE : size;
  }

  public static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the name of the file is empty");
    }
    return Path.of(text);
  }

  /** The value of a header field. */
  static String headerValue(String text) {
    if (!HttpSyntax.isValue(text)) {
      throw new IllegalArgumentException("it has a control character");
    }
    return text;
  }

  /** A whole number of at least one. */
  public static int count(String text) {
    return Math.toIntExact(number(text, 1, Integer.MAX_VALUE));
  }

  public static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Rejected below, like numbers out of range.
    }
    String range =
        most >= Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
    throw new IllegalArgumentException("'" + text + "' is not a whole number " + range);
  }

  /** A constant of an enum, by its name in lower case. */
  public static <E extends Enum<E>> E choice(Class<E> type, String text) {
    return choice(List.of(type.getEnumConstants()), text);
  }

  /** Like {@link #choice(Class, String)}, but one of these constants. */
  public static <E extends Enum<E>> E choice(List<E> constants, String text) {
    for (E constant : constants) {
      if (constant.toString().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    List<String> names = constants.stream().map(Enum::toString).toList();
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not one of "
            + String.join(", ", names)
            + UsageMessages.suggestion(text, names));
  }
}
