package fetch.frontier;

import fetch.Attempt.HoldBack;
import fetch.FailureKind;
import fetch.FetchResult;
import java.time.Duration;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a failed request is retried: exponential back-off with full jitter, so
 * that requests that failed together are not retried together.
 *
 * @param most retries of an entry
 * @param delay upper bound of the first back-off; doubles with each retry, up to a minute or to
 *     this delay if that is longer
 * @param maxTime no retry starts later than this after the start of the first attempt
 * @param allErrors whether every failure is worth a retry, apart from status codes
 * @param statuses the status codes that are worth a retry, unless they count as success
 * @param random the jitter, from 0 to 1
 */
public record RetryPolicy(
    int most,
    Duration delay,
    Duration maxTime,
    boolean allErrors,
    StatusSet statuses,
    DoubleSupplier random) {
  /** The status codes that are worth a retry by default. */
  public static final StatusSet STATUSES = StatusSet.parse("408,429,500,502-504");

  /** No retries. */
  public static final RetryPolicy NEVER =
      new RetryPolicy(0, Duration.ZERO, Duration.ZERO, false, () -> 0);

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Safe methods, which a client may repeat automatically (RFC 9110, section 9.2.2). */
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** With the usual status codes, or all of them if every failure is worth a retry. */
  public RetryPolicy(
      int most, Duration delay, Duration maxTime, boolean allErrors, DoubleSupplier random) {
    this(most, delay, maxTime, allErrors, allErrors ? StatusSet.ALL : STATUSES, random);
  }

  /**
   * Whether a failed result is worth a retry. The time limit is checked elsewhere.
   *
   * @param retries the number of retries made so far
   */
  boolean repeats(FetchResult result, int retries) {
    return repeats(result, retries, most);
  }

  /** As {@link #repeats(FetchResult, int)}, with another limit. */
  boolean repeats(FetchResult result, int retries, int most) {
    FetchResult.Failure failure = result.failure();
    return failure != null
        && retries < most
        && METHODS.contains(result.method())
        && isWorthwhile(failure.kind(), result.status());
  }

  private boolean isWorthwhile(FailureKind kind, int status) {
    return switch (kind) {
      case DNS, DNS_TEMPORARY, CONNECT, TIMEOUT, RESET, EMPTY_REPLY -> true;
      case HTTP_STATUS -> statuses.contains(status);
      case INTERRUPTED,
          DEADLINE,
          HOST_DOWN,
          ROBOTS,
          REFUSED,
          PROXY,
          INVALID_URL,
          UNSUPPORTED_SCHEME,
          INTERNAL ->
          false;
      case TLS_HANDSHAKE,
          TLS_CERTIFICATE,
          TLS_PIN,
          PROTOCOL,
          PARTIAL,
          BAD_ENCODING,
          TOO_LARGE,
          TOO_MANY_REDIRECTS,
          IO,
          SAVE,
          CHECKSUM,
          MATCH ->
          allErrors;
    };
  }

  /** The hold time in nanoseconds, at most the time in which an entry may be retried. */
  long holdNanos(@Nullable HoldBack wish) {
    return wish == null ? 0 : 1_000_000 * Math.min(wish.millis(), maxTime.toMillis());
  }

  /** The back-off before the next retry, in nanoseconds: at least a tenth of the delay. */
  long waitNanos(int retries) {
    double longest = Math.max(delay.toNanos(), LONGEST.toNanos());
    double wait = random.getAsDouble() * Math.min(longest, delay.toNanos() * Math.pow(2, retries));
    return Math.max(delay.toNanos() / 10, (long) wait);
  }
}
