package fetch.http.settings;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one attempt.
 *
 * @param connectTimeout for name look-up, TCP and TLS together
 * @param maxTime from the attempt's start to the last byte, redirects included
 * @param maxFilesize the most bytes of a body, after decompression
 * @param speedLimit the least speed of a response, null for no limit
 * @param bytesPerSecond how much all connections of the run may receive and send together, 0 for no
 *     limit
 */
public record AttemptLimits(
    Duration connectTimeout,
    Duration maxTime,
    long maxFilesize,
    @Nullable SpeedLimit speedLimit,
    long bytesPerSecond) {

  /**
   * How long an attempt may take. A list may shorten the time but not extend it, as its author may
   * be someone else.
   *
   * @param ofHost the limit of the host, null for that of the run
   * @param ofEntry the limit of the entry, null for none
   */
  public Duration maxTime(@Nullable Duration ofHost, @Nullable Duration ofEntry) {
    Duration most = ofHost == null ? maxTime : ofHost;
    return ofEntry == null || ofEntry.compareTo(most) > 0 ? most : ofEntry;
  }

  /** Formats a duration for messages: in seconds, with at most three decimals. */
  public static String seconds(Duration duration) {
    String text = String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    return text.replaceAll("\\.?0+$", "") + "s";
  }
}
