package fetch.http.settings;

import fetch.HeaderLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of requests to one host, which replace those of the run.
 *
 * @param headers in order, Authorization and Cookie among them; a null value removes a field
 * @param identity the client certificate, null for that of the run
 * @param maxTime of an attempt that has reached the host, null for that of the run
 */
public record HostRequest(
    List<HeaderLine> headers, @Nullable ClientIdentity identity, @Nullable Duration maxTime) {
  /** The settings of hosts that have none of their own. */
  public static final HostRequest USUAL = new HostRequest(List.of(), null, null);

  /** Returns these settings, completed from less specific ones. */
  public HostRequest orElse(HostRequest less) {
    List<HeaderLine> lines = new ArrayList<>(less.headers);
    lines.removeIf(
        line -> headers.stream().anyMatch(own -> own.name().equalsIgnoreCase(line.name())));
    lines.addAll(headers);
    return new HostRequest(
        List.copyOf(lines),
        identity == null ? less.identity : identity,
        maxTime == null ? less.maxTime : maxTime);
  }

  /** Omits the secrets. */
  @Override
  public String toString() {
    return "HostRequest";
  }
}
