package fetch.engine;

import fetch.ByHost;
import fetch.HeaderLine;
import fetch.frontier.HostLimits;
import fetch.frontier.Rate;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.HostRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one host. They take precedence over those of the run and apply to no other host.
 * Each hop of a redirect uses those of its own host. Immutable; the {@code with} methods return a
 * copy.
 *
 * @param request the host's own settings of requests
 * @param limits the host's own limits
 */
public record HostSettings(HostRequest request, HostLimits limits) {
  /** The settings of hosts that have none of their own. */
  public static final HostSettings USUAL = new HostSettings(HostRequest.USUAL, HostLimits.USUAL);

  /**
   * The settings of each host, from those of patterns as in {@link Settings#withHosts}. A value
   * that a specific pattern does not set comes from a less specific one.
   */
  public static ByHost<HostSettings> byHost(Map<String, HostSettings> hosts) {
    Map<String, UnaryOperator<HostSettings>> changes = new HashMap<>();
    hosts.forEach((pattern, settings) -> changes.put(pattern, settings::orElse));
    return ByHost.of(USUAL, changes);
  }

  /**
   * Adds a header field, such as Authorization.
   *
   * @param value null to remove the field
   */
  public HostSettings withHeader(String name, @Nullable String value) {
    List<HeaderLine> lines = new ArrayList<>(request.headers());
    lines.add(new HeaderLine(name, value));
    return with(new HostRequest(List.copyOf(lines), request.identity(), request.maxTime()));
  }

  /** Sets the client certificate. */
  public HostSettings withIdentity(ClientIdentity identity) {
    return with(new HostRequest(request.headers(), identity, request.maxTime()));
  }

  /** Sets the time limit of an attempt, from its start to the last byte. */
  public HostSettings withMaxTime(Duration maxTime) {
    return with(new HostRequest(request.headers(), request.identity(), maxTime));
  }

  /** Sets the most retries of an entry. */
  public HostSettings withRetries(int most) {
    return with(new HostLimits(limits.perHost(), limits.rate(), most));
  }

  /** Sets the most requests in flight. */
  public HostSettings withPerHost(int perHost) {
    return with(new HostLimits(perHost, limits.rate(), limits.retries()));
  }

  /** Sets the rate of requests. */
  public HostSettings withRate(Rate rate) {
    return with(new HostLimits(limits.perHost(), rate, limits.retries()));
  }

  private HostSettings with(HostRequest other) {
    return new HostSettings(other, limits);
  }

  private HostSettings with(HostLimits other) {
    return new HostSettings(request, other);
  }

  /** Returns these settings, completed from less specific ones. */
  public HostSettings orElse(HostSettings less) {
    return new HostSettings(request.orElse(less.request), limits.orElse(less.limits));
  }
}
