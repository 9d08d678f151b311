package fetch.http.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses connections lead to, and which they come from.
 *
 * @param fixedAddresses addresses that replace a look-up
 * @param connectTo hosts and ports to connect to instead of those of URLs; the first that matches
 *     counts
 * @param nameServers look names up, null for the operating system
 * @param local the addresses to connect from, null for those that the system chooses
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

  /** The rule for the host and port of a URL, null for none. */
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
