package fetch.http.settings;

import fetch.HeaderLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the requests to one host have in place of what the requests of a run have.
 *
 * @param headers in order, Authorization and Cookie among them; a null value removes a field
 * @param identity the client certificate, null for that of the run
 * @param maxTime of an attempt that has reached the host, null for that of the run
 */
public record HostRequest(
    List<HeaderLine> headers, @Nullable ClientIdentity identity, @Nullable Duration maxTime) {
  /** That of hosts without settings of their own. */
  public static final HostRequest USUAL = new HostRequest(List.of(), null, null);

  /** Fills in what these leave unset from less specific ones. */
  public HostRequest over(HostRequest less) {
    List<HeaderLine> lines = new ArrayList<>(less.headers);
    lines.removeIf(
        line -> headers.stream().anyMatch(own -> own.name().equalsIgnoreCase(line.name())));
    lines.addAll(headers);
    return new HostRequest(
        List.copyOf(lines),
        identity == null ? less.identity : identity,
        maxTime == null ? less.maxTime : maxTime);
  }

  /** Keeps the secrets to itself. */
  @Override
  public String toString() {
    return "HostRequest";
  }
}
