package fetch.http.settings;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt may take.
 *
 * @param connectTimeout for name look-up, TCP and TLS together
 * @param maxTime from the attempt's start to the last byte, redirects included
 * @param maxFilesize the most bytes of a body, after decompression
 * @param speedLimit how slow the answer may come, null for as slow as it likes
 * @param bytesPerSecond how much all connections of the run may receive and send together, 0 for as
 *     much as they can
 */
public record Limits(
    Duration connectTimeout,
    Duration maxTime,
    long maxFilesize,
    @Nullable SpeedLimit speedLimit,
    long bytesPerSecond) {

  /**
   * What an attempt may take. A list may shorten the time, never extend it: it may have been
   * written by somebody else.
   *
   * @param ofHost the limit of the host, null for the usual one
   * @param ofEntry the limit of the entry, null for none
   */
  public Duration maxTime(@Nullable Duration ofHost, @Nullable Duration ofEntry) {
    Duration most = ofHost == null ? maxTime : ofHost;
    return ofEntry == null || ofEntry.compareTo(most) > 0 ? most : ofEntry;
  }

  /** A duration as messages have it: in seconds, with at most three decimals. */
  public static String seconds(Duration duration) {
    String text = String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    return text.replaceAll("\\.?0+$", "") + "s";
  }
}
