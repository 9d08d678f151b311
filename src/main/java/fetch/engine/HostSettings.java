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
 * The settings of a host, which count more than those of the run and go to no other host. Each hop
 * of a redirect has those of its own host. Immutable; the {@code with} methods return a copy.
 *
 * @param request what requests to the host have of their own
 * @param limits how the host is treated
 */
public record HostSettings(HostRequest request, HostLimits limits) {
  /** Those of the run. */
  public static final HostSettings USUAL = new HostSettings(HostRequest.USUAL, HostLimits.USUAL);

  /**
   * The settings of each host by those of patterns, as {@link Settings#withHosts} takes them.
   * Values of a less specific pattern count where a more specific one has none.
   */
  public static ByHost<HostSettings> byHost(Map<String, HostSettings> hosts) {
    Map<String, UnaryOperator<HostSettings>> changes = new HashMap<>();
    hosts.forEach((pattern, settings) -> changes.put(pattern, settings::over));
    return ByHost.of(USUAL, changes);
  }

  /**
   * With one more header field, such as Authorization.
   *
   * @param value null to remove the field
   */
  public HostSettings withHeader(String name, @Nullable String value) {
    List<HeaderLine> lines = new ArrayList<>(request.headers());
    lines.add(new HeaderLine(name, value));
    return with(new HostRequest(List.copyOf(lines), request.identity(), request.maxTime()));
  }

  /** With this client certificate. */
  public HostSettings withIdentity(ClientIdentity identity) {
    return with(new HostRequest(request.headers(), identity, request.maxTime()));
  }

  /** With this time limit for an attempt, from its start to the last byte. */
  public HostSettings withMaxTime(Duration maxTime) {
    return with(new HostRequest(request.headers(), request.identity(), maxTime));
  }

  /** With at most this many retries of an entry. */
  public HostSettings withRetries(int most) {
    return with(new HostLimits(limits.perHost(), limits.rate(), most));
  }

  /** With at most this many requests in flight. */
  public HostSettings withPerHost(int perHost) {
    return with(new HostLimits(perHost, limits.rate(), limits.retries()));
  }

  /** With at most this many requests in a time. */
  public HostSettings withRate(Rate rate) {
    return with(new HostLimits(limits.perHost(), rate, limits.retries()));
  }

  private HostSettings with(HostRequest other) {
    return new HostSettings(other, limits);
  }

  private HostSettings with(HostLimits other) {
    return new HostSettings(request, other);
  }

  /** Fills in what these leave unset from less specific ones. */
  public HostSettings over(HostSettings less) {
    return new HostSettings(request.over(less.request), limits.over(less.limits));
  }
}
