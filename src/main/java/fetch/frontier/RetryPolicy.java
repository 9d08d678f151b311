package fetch.frontier;

import fetch.FailureKind;
import fetch.FetchResult;
import java.time.Duration;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Says whether to try again, and when: exponential back-off with full jitter, so that requests that
 * failed together don't come again together.
 *
 * @param most how many retries an entry may have
 * @param delay the longest wait before the first retry; it doubles with each one, up to a minute or
 *     this, whichever is longer
 * @param maxTime no retry starts later than this after the start of the first attempt
 * @param allErrors whether every failure is worth a retry, apart from status codes
 * @param statuses the status codes that are worth a retry, unless they count as success
 * @param random from 0 to 1
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

  /**
   * Methods that a client may repeat without asking (RFC 9110, section 9.2.2), and that only read.
   */
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** With the usual status codes, or all of them if every failure is worth a retry. */
  public RetryPolicy(
      int most, Duration delay, Duration maxTime, boolean allErrors, DoubleSupplier random) {
    this(most, delay, maxTime, allErrors, allErrors ? StatusSet.ALL : STATUSES, random);
  }

  /**
   * Whether a failed result is worth another attempt, apart from the time.
   *
   * @param retries how many attempts before it count as retries
   */
  boolean repeats(FetchResult result, int retries) {
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
          PROTOCOL,
          PARTIAL,
          BAD_ENCODING,
          TOO_LARGE,
          TOO_MANY_REDIRECTS,
          IO,
          SAVE,
          CHECKSUM ->
          allErrors;
    };
  }

  /** How long to wait before the next retry, in nanoseconds: a tenth of the delay at least. */
  long waitNanos(int retries) {
    double longest = Math.max(delay.toNanos(), LONGEST.toNanos());
    double wait = random.getAsDouble() * Math.min(longest, delay.toNanos() * Math.pow(2, retries));
    return Math.max(delay.toNanos() / 10, (long) wait);
  }
}
