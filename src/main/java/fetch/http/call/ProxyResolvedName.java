package fetch.http.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A placeholder address for a host that a proxy looks up, as OkHttp requires an address. It is in
 * the block that routers discard (RFC 6666), and is never connected to.
 */
public final class ProxyResolvedName {
  private static final byte[] ADDRESS = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private ProxyResolvedName() {}

  /** The placeholder for a host. */
  public static InetAddress of(String host) {
    try {
      return InetAddress.getByAddress(host, ADDRESS);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The address itself, or for a placeholder its name, unresolved. */
  public static InetSocketAddress unveil(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    return ip != null && Arrays.equals(ip.getAddress(), ADDRESS)
        ? InetSocketAddress.createUnresolved(address.getHostString(), address.getPort())
        : address;
  }
}
