package fetch.http;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a response how long the server's rate limit stays exhausted. Understands the fields
 * RateLimit and RateLimit-Policy of draft-ietf-httpapi-ratelimit-headers, RateLimit-Remaining and
 * RateLimit-Reset of its earlier versions, and the same two with X- before them.
 */
final class RateLimit {
  /** A larger reset is not a delay but a time since the Unix epoch, in seconds or milliseconds. */
  private static final long LONGEST_SECONDS = 500_000_000;

  private static final long LONGEST_EPOCH_SECONDS = 100_000_000_000L;

  private static final List<String> PREFIXES =
      List.of("RateLimit-", "X-RateLimit-", "X-Rate-Limit-");

  /** A class of its own, so that responses without such fields do not load it. */
  private static final class Syntax {
    static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,9})?");
    static final Pattern ITEM = Pattern.compile("(?:\"[^\"]*\"|[^,\"])+");
    static final Pattern NAME = Pattern.compile("\\s*(\"[^\"]*\"|[^;\\s]*)");

    static final Pattern QUOTA_LEFT = parameter("r");
    static final Pattern RESET = parameter("t");
    static final Pattern WINDOW = parameter("w");
    static final Pattern OLD_QUOTA_LEFT = parameter("remaining");
    static final Pattern OLD_RESET = parameter("reset");
  }

  private RateLimit() {}

  /** Whether a response has such fields. One pass, as most responses have none. */
  static boolean isIn(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      int start = name.regionMatches(true, 0, "X-", 0, 2) ? 2 : 0;
      if (name.regionMatches(true, start, "Rate", 0, 4)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns how long the quota stays exhausted, in milliseconds; 0 if some is left or the server
   * does not say.
   *
   * @param epochMillis the time now, in milliseconds since the Unix epoch
   */
  static long millis(Headers headers, long epochMillis) {
    Instant date = headers.getInstant("Date");
    long now = date == null ? epochMillis : date.toEpochMilli();
    long longest = ofItems(headers, now);
    for (String prefix : PREFIXES) {
      if (isZero(headers.get(prefix + "Remaining"))) {
        longest = Math.max(longest, untilReset(headers.get(prefix + "Reset"), now));
      }
    }
    return longest;
  }

  private static long ofItems(Headers headers, long now) {
    long longest = 0;
    for (String field : headers.values("RateLimit")) {
      Matcher item = Syntax.ITEM.matcher(field);
      while (item.find()) {
        if (isZero(value(Syntax.QUOTA_LEFT, item.group()))) {
          String reset = value(Syntax.RESET, item.group());
          String wait = reset == null ? window(name(item.group()), headers) : reset;
          longest = Math.max(longest, untilReset(wait, now));
        }
      }
      boolean empty = isZero(value(Syntax.OLD_QUOTA_LEFT, field));
      longest =
          empty ? Math.max(longest, untilReset(value(Syntax.OLD_RESET, field), now)) : longest;
    }
    return longest;
  }

  private static String name(String item) {
    Matcher matcher = Syntax.NAME.matcher(item);
    return matcher.lookingAt() ? matcher.group(1) : "";
  }

  /** The time window of the policy of this name, null if it is unknown. */
  private static @Nullable String window(String name, Headers headers) {
    for (String field : headers.values("RateLimit-Policy")) {
      Matcher item = Syntax.ITEM.matcher(field);
      while (item.find()) {
        if (name(item.group()).equals(name)) {
          return value(Syntax.WINDOW, item.group());
        }
      }
    }
    return null;
  }

  private static Pattern parameter(String name) {
    return Pattern.compile("(?:^|[;,])\\s*" + name + "\\s*=\\s*\"?([0-9.]+)");
  }

  private static @Nullable String value(Pattern parameter, String item) {
    Matcher matcher = parameter.matcher(item.toLowerCase(Locale.ROOT));
    return matcher.find() ? matcher.group(1) : null;
  }

  private static boolean isZero(@Nullable String number) {
    return number != null
        && Syntax.NUMBER.matcher(number.strip()).matches()
        && Double.parseDouble(number) < 1;
  }

  private static long untilReset(@Nullable String reset, long now) {
    if (reset == null || !Syntax.NUMBER.matcher(reset.strip()).matches()) {
      return 0;
    }
    double number = Double.parseDouble(reset);
    if (number < LONGEST_SECONDS) {
      return (long) (number * 1000);
    }
    double epochMillis = number < LONGEST_EPOCH_SECONDS ? number * 1000 : number;
    return Math.max(0, (long) epochMillis - now);
  }
}
