package fetch.http.settings;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of this machine to connect from, as curl's {@code --interface}.
 *
 * @param ipv4 for connections to IPv4 addresses, null to make none
 * @param ipv6 for connections to IPv6 addresses, null to make none
 */
public record LocalAddress(@Nullable InetAddress ipv4, @Nullable InetAddress ipv6) {
  private static final String INTERFACE = "if!";
  private static final String HOST = "host!";
  private static final String INTERFACE_AND_HOST = "ifhost!";

  /**
   * Finds the addresses of {@code NAME}, an interface, an address or a host name; with {@code
   * if!NAME} an interface only, with {@code host!NAME} or {@code ifhost!INTERFACE!NAME} an address
   * or host name only. May look a name up.
   *
   * @throws IllegalArgumentException if this machine does not have it
   */
  public static LocalAddress parse(String text) {
    if (text.startsWith(INTERFACE)) {
      return ofInterface(text.substring(INTERFACE.length()));
    }
    if (text.startsWith(HOST)) {
      return ofHost(text.substring(HOST.length()));
    }
    if (text.startsWith(INTERFACE_AND_HOST)) {
      return ofHost(text.substring(text.lastIndexOf('!') + 1));
    }
    return find(text) == null ? ofHost(text) : ofInterface(text);
  }

  private static @Nullable NetworkInterface find(String name) {
    try {
      return name.isEmpty() ? null : NetworkInterface.getByName(name);
    } catch (SocketException e) {
      return null;
    }
  }

  private static LocalAddress ofInterface(String name) {
    NetworkInterface found = find(name);
    if (found == null) {
      throw new IllegalArgumentException("this machine has no interface '" + name + "'");
    }
    return of(found.inetAddresses().toList(), name);
  }

  private static LocalAddress ofHost(String name) {
    try {
      return of(Arrays.asList(InetAddress.getAllByName(name)), name);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'" + name + "' is neither an interface nor an address of this machine", e);
    }
  }

  private static LocalAddress of(List<InetAddress> addresses, String name) {
    LocalAddress local = new LocalAddress(best(addresses, true), best(addresses, false));
    if (name.isEmpty() || (local.ipv4 == null && local.ipv6 == null)) {
      throw new IllegalArgumentException("'" + name + "' has no address of this machine");
    }
    return local;
  }

  /** The best address of this version of IP; a link-local one only as a last resort. */
  private static @Nullable InetAddress best(List<InetAddress> addresses, boolean ipv4) {
    return addresses.stream()
        .filter(address -> ipv4 == address instanceof Inet4Address)
        .filter(LocalAddress::isOwn)
        .min((a, b) -> Boolean.compare(a.isLinkLocalAddress(), b.isLinkLocalAddress()))
        .orElse(null);
  }

  private static boolean isOwn(InetAddress address) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The address to connect from to a peer; null if there is none of its version of IP. */
  public @Nullable InetAddress forPeer(InetAddress peer) {
    return peer instanceof Inet4Address ? ipv4 : ipv6;
  }
}
