package fetch.frontier;

import org.jspecify.annotations.Nullable;

/**
 * How one host is treated in place of how the others are; null where there is no difference.
 *
 * @param perHost the limit of requests in flight to the host
 * @param rate of the requests to the host
 * @param retries the most retries of an entry whose request to the host failed
 */
public record HostLimits(
    @Nullable Integer perHost, @Nullable Rate rate, @Nullable Integer retries) {
  /** Those of hosts without limits of their own. */
  public static final HostLimits USUAL = new HostLimits(null, null, null);

  /** Fills in what these leave unset from less specific ones. */
  public HostLimits over(HostLimits less) {
    return new HostLimits(
        perHost == null ? less.perHost : perHost,
        rate == null ? less.rate : rate,
        retries == null ? less.retries : retries);
  }

  /** The part of these for one of several that share the host; at least one request in flight. */
  HostLimits dividedBy(int sharers) {
    return new HostLimits(
        perHost == null ? null : Math.max(1, perHost / sharers),
        rate == null ? null : rate.dividedBy(sharers),
        retries);
  }
}
