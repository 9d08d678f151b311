package fetch.http.url;

import fetch.Attempt;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Writes IP addresses as text, and distinguishes hosts that are addresses from names. */
public final class Addresses {
  private Addresses() {}

  /** An address in its canonical form (RFC 5952). */
  public static String text(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address && text.indexOf('%') < 0
        ? new HttpUrl.Builder().scheme("http").host(text).build().host()
        : text;
  }

  /** An address and its port, as in a URL. */
  public static String text(InetSocketAddress address) {
    String host = address.isUnresolved() ? address.getHostString() : text(address.getAddress());
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** The peer at an address, null if there was none. */
  public static Attempt.Peer peer(@Nullable InetSocketAddress remote) {
    InetAddress ip = remote == null ? null : remote.getAddress();
    return remote == null || ip == null
        ? Attempt.Peer.NONE
        : new Attempt.Peer(text(ip), remote.getPort());
  }

  /** Whether a host is an IP address rather than a name. */
  public static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || isNumeric(host);
  }

  /**
   * Whether a host is all digits and dots, which {@link HttpUrlParser} accepts of addresses only.
   */
  private static boolean isNumeric(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }
}
