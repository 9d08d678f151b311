package fetch.http;

import fetch.Attempt.HoldBack;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads for how long a server wants no requests: from Retry-After (RFC 9110, section 10.2.3), else
 * from an exhausted {@link RateLimit}. Retry-After is a number of seconds or a date, which is
 * compared with the response's Date field if there is one.
 */
final class RetryAfter {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;

  /** Enough for any wait; later digits are ignored. */
  private static final int MOST_DIGITS = 12;

  private RetryAfter() {}

  /**
   * Returns the time, null if the response has none.
   *
   * @param epochMillis the time now, in milliseconds since the Unix epoch
   */
  static @Nullable HoldBack of(Response response, long epochMillis) {
    String value = response.header("Retry-After");
    int status = response.code();
    boolean counts =
        status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE || status / 100 == 3;
    long millis = value == null || !counts ? 0 : millis(value.strip(), response, epochMillis);
    if (millis <= 0 && RateLimit.isIn(response.headers())) {
      millis = RateLimit.millis(response.headers(), epochMillis);
    }
    return millis <= 0 ? null : new HoldBack(response.request().url().host(), millis);
  }

  private static long millis(String value, Response response, long epochMillis) {
    if (value.matches("\\d+")) {
      String digits = value.substring(0, Math.min(MOST_DIGITS, value.length()));
      return TimeUnit.SECONDS.toMillis(Long.parseLong(digits));
    }
    Instant date = response.headers().getInstant("Retry-After");
    Instant now = response.headers().getInstant("Date");
    if (date == null) {
      return 0;
    }
    return date.toEpochMilli() - (now == null ? epochMillis : now.toEpochMilli());
  }
}
