package fetch.http.settings;

import fetch.HostName;
import fetch.http.url.AddressBlock;
import fetch.http.url.Addresses;
import fetch.http.url.HttpUrlParser;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that need no proxy, as {@code --noproxy} and {@code no_proxy} name them: {@code
 * example.org} and {@code .example.org} for a name and those below it, {@code *.example.org} for
 * those below it only, an address in any spelling, a block of addresses in CIDR notation, {@code *}
 * for all. A port behind a name or address limits it to that port. Immutable.
 */
final class ProxyExemption {
  private static final String ANY_BELOW = "*.";
  private static final int FIRST_NON_ASCII = 0x80;
  private static final int MOST_PORT = 65_535;

  private final String name;
  private final boolean belowOnly;
  private final @Nullable AddressBlock block;
  private final int port;

  private ProxyExemption(String name, boolean belowOnly, @Nullable AddressBlock block, int port) {
    this.name = name;
    this.belowOnly = belowOnly;
    this.block = block;
    this.port = port;
  }

  /** The hosts that a word of the list names; what names none exempts none. */
  static ProxyExemption parse(String word) {
    String text = word.strip().toLowerCase(Locale.ROOT);
    int port = port(text);
    String host = port == 0 ? text : text.substring(0, text.lastIndexOf(':'));
    host = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    AddressBlock block = block(host);
    if (block != null || host.indexOf('/') >= 0) {
      return new ProxyExemption("", false, block, port);
    }
    boolean belowOnly = host.startsWith(ANY_BELOW);
    String name = belowOnly ? host.substring(ANY_BELOW.length()) : host;
    name = name.startsWith(".") ? name.substring(1) : name;
    return new ProxyExemption(HostName.withoutDot(inAscii(name)), belowOnly, null, port);
  }

  private static String inAscii(String name) {
    String host = name.chars().allMatch(c -> c < FIRST_NON_ASCII) ? null : HttpUrlParser.host(name);
    return host == null ? name : host;
  }

  /** The port at the end; 0 when there is none, as in an IPv6 address without brackets. */
  private static int port(String text) {
    int colon = text.lastIndexOf(':');
    boolean isAddress = colon != text.indexOf(':') && !text.startsWith("[");
    if (colon <= text.indexOf(']') || isAddress) {
      return 0;
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return port > 0 && port <= MOST_PORT ? port : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static @Nullable AddressBlock block(String text) {
    try {
      return text.indexOf('/') >= 0 ? AddressBlock.parse(text) : AddressBlock.of(literal(text));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** An address without its zone, which no URL has. */
  private static InetAddress literal(String text) {
    int zone = text.indexOf('%');
    return InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone));
  }

  /**
   * Whether a host needs no proxy.
   *
   * @param host as a URL has it, in lower case, an IPv6 address without brackets
   */
  boolean covers(String host, int hostPort) {
    if (port != 0 && port != hostPort) {
      return false;
    }
    return Addresses.isLiteral(host) ? coversAddress(host) : coversName(HostName.withoutDot(host));
  }

  private boolean coversAddress(String host) {
    return name.equals("*")
        || (block != null && block.contains(InetAddress.ofLiteral(host).getAddress()));
  }

  private boolean coversName(String host) {
    if (name.isEmpty()) {
      return false;
    }
    int dot = host.length() - name.length() - 1;
    boolean below = dot > 0 && host.charAt(dot) == '.' && host.endsWith(name);
    return name.equals("*") || below || (!belowOnly && host.equals(name));
  }
}
