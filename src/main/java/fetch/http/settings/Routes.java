package fetch.http.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where connections lead, and where they come from.
 *
 * @param fixedAddresses addresses to use in place of a look-up
 * @param connectTo hosts and ports to connect to in place of those of URLs; the first that matches
 *     counts
 * @param nameServers what looks names up, null for the operating system
 * @param local the addresses that connections come from, null for those that the system chooses
 */
public record Routes(
    List<FixedAddress> fixedAddresses,
    List<ConnectTo> connectTo,
    @Nullable NameServers nameServers,
    @Nullable LocalAddress local) {
  public Routes {
    fixedAddresses = List.copyOf(fixedAddresses);
    connectTo = List.copyOf(connectTo);
  }

  /** What leads elsewhere for the host and port of a URL, null for nothing. */
  public @Nullable ConnectTo ruleFor(String host, int port) {
    for (ConnectTo rule : connectTo) {
      if (rule.matches(host, port)) {
        boolean same = rule.hostFor(host).equals(host) && rule.portFor(port) == port;
        return same ? null : rule;
      }
    }
    return null;
  }
}
