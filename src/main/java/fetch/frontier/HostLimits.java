package fetch.frontier;

import org.jspecify.annotations.Nullable;

/**
 * The limits of one host, which replace those for all hosts; null for no difference.
 *
 * @param perHost the limit of requests in flight to the host
 * @param rate of the requests to the host
 * @param retries the most retries of an entry whose request to the host failed
 */
public record HostLimits(
    @Nullable Integer perHost, @Nullable Rate rate, @Nullable Integer retries) {
  /** The limits of hosts that have none of their own. */
  public static final HostLimits USUAL = new HostLimits(null, null, null);

  /** Returns these limits, completed from less specific ones. */
  public HostLimits orElse(HostLimits less) {
    return new HostLimits(
        perHost == null ? less.perHost : perHost,
        rate == null ? less.rate : rate,
        retries == null ? less.retries : retries);
  }

  /**
   * The part of these limits for one of several processes that share the host; at least one request
   * in flight.
   */
  HostLimits dividedBy(int sharers) {
    return new HostLimits(
        perHost == null ? null : Math.max(1, perHost / sharers),
        rate == null ? null : rate.dividedBy(sharers),
        retries);
  }
}
