package fetch.frontier;

import fetch.ByHost;
import fetch.robots.RobotsReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The limits that protect servers.
 *
 * @param perHost the limit of requests in flight to one host
 * @param rate of all requests together; null for no limit
 * @param perHostRate of the requests to each host; null for no limit
 * @param breaker whether a server is not requested after ten failures in a row
 * @param robots parses robots.txt; null to ignore robots.txt
 * @param hosts the hosts that are treated differently
 * @param mostAdapted how far the number of requests in flight may rise, where it follows the
 *     throughput; 0 where it does not
 */
public record Politeness(
    int perHost,
    @Nullable Rate rate,
    @Nullable Rate perHostRate,
    boolean breaker,
    @Nullable RobotsReader robots,
    ByHost<HostLimits> hosts,
    int mostAdapted) {

  /**
   * The limit of one host's adapted number, unless a limit for hosts is set. Web servers serve
   * hundreds of connections by default, not thousands.
   */
  public static final int MOST_ADAPTED_PER_HOST = 256;

  /** No limits. */
  public static final Politeness NONE = new Politeness(Integer.MAX_VALUE, null, null, false);

  /** The same for all hosts. */
  public Politeness(
      int perHost,
      @Nullable Rate rate,
      @Nullable Rate perHostRate,
      boolean breaker,
      @Nullable RobotsReader robots) {
    this(perHost, rate, perHostRate, breaker, robots, ByHost.always(HostLimits.USUAL), 0);
  }

  /** Limits without robots.txt. */
  public Politeness(int perHost, @Nullable Rate rate, @Nullable Rate perHostRate, boolean breaker) {
    this(perHost, rate, perHostRate, breaker, null);
  }

  /** Returns a copy with other limits of single hosts. */
  public Politeness withHosts(ByHost<HostLimits> other) {
    return new Politeness(perHost, rate, perHostRate, breaker, robots, other, mostAdapted);
  }

  /**
   * Returns a copy in which the number of requests in flight follows the throughput, to each host
   * and in all.
   *
   * @param most in flight
   */
  public Politeness adaptingWorkers(int most) {
    int unset = Math.min(most, MOST_ADAPTED_PER_HOST);
    int each = perHost == Integer.MAX_VALUE ? unset : perHost;
    return new Politeness(each, rate, perHostRate, breaker, robots, hosts, most);
  }

  /**
   * The part of these limits for one of several frontiers that do not know of each other.
   *
   * @param frontiers how many share the rate of all requests together
   * @param hosts how many share each of these hosts, by name in lower case; all other hosts are
   *     requested by one frontier only
   */
  public Politeness dividedBy(int frontiers, Map<String, Integer> hosts) {
    Map<String, UnaryOperator<HostLimits>> changes = new HashMap<>();
    hosts.forEach((host, sharers) -> changes.put(host, _ -> of(host).dividedBy(sharers)));
    return new Politeness(
        perHost,
        rate == null ? null : rate.dividedBy(frontiers),
        perHostRate,
        breaker,
        robots,
        this.hosts.with(changes),
        mostAdapted);
  }

  /** Whether requests to a host may have to wait, whatever the host responds. */
  boolean limitsHosts() {
    return perHost != Integer.MAX_VALUE
        || perHostRate != null
        || robots != null
        || !hosts.isUniform();
  }

  /** The limits of a host; retries are null where they are those of the run. */
  public HostLimits of(String host) {
    return hosts.of(host).orElse(new HostLimits(perHost, perHostRate, null));
  }
}
