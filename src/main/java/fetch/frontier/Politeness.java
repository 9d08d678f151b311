package fetch.frontier;

import fetch.robots.RobotsReader;
import org.jspecify.annotations.Nullable;

/**
 * How servers are treated.
 *
 * @param perHost the most requests in flight to one host
 * @param rate how often a request may start, null for as often as possible
 * @param perHostRate the same for each host
 * @param breaker whether a host that keeps failing is left alone
 * @param robots reads robots.txt, null when it is not obeyed
 */
public record Politeness(
    int perHost,
    @Nullable Rate rate,
    @Nullable Rate perHostRate,
    boolean breaker,
    @Nullable RobotsReader robots) {

  /** Treats servers as if nothing could hurt them. */
  public static final Politeness NONE = new Politeness(Integer.MAX_VALUE, null, null, false);

  /** Does not obey robots.txt. */
  public Politeness(int perHost, @Nullable Rate rate, @Nullable Rate perHostRate, boolean breaker) {
    this(perHost, rate, perHostRate, breaker, null);
  }
}
