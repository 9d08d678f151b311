package fetch.frontier;

import fetch.robots.RobotsReader;
import org.jspecify.annotations.Nullable;

/**
 * The limits that protect servers.
 *
 * @param perHost the limit of requests in flight to one host
 * @param rate of all requests together; null for no limit
 * @param perHostRate of the requests to each host; null for no limit
 * @param breaker whether a server is not requested after ten failures in a row
 * @param robots parses robots.txt; null to ignore robots.txt
 */
public record Politeness(
    int perHost,
    @Nullable Rate rate,
    @Nullable Rate perHostRate,
    boolean breaker,
    @Nullable RobotsReader robots) {

  /** No limits. */
  public static final Politeness NONE = new Politeness(Integer.MAX_VALUE, null, null, false);

  /** Limits without robots.txt. */
  public Politeness(int perHost, @Nullable Rate rate, @Nullable Rate perHostRate, boolean breaker) {
    this(perHost, rate, perHostRate, breaker, null);
  }
}
