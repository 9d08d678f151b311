package fetch.http.settings;

import fetch.http.settings.RequestSettings.Credentials;
import fetch.http.url.HttpUrlParser;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One proxy.
 *
 * @param address unresolved: looked up for each connection
 * @param credentials for the proxy, null for none
 */
public record ProxyServer(Kind kind, InetSocketAddress address, @Nullable Credentials credentials) {
  /** The protocol of a proxy. */
  public enum Kind {
    HTTP,
    /** SOCKS version 5 (RFC 1928); fetch looks up the servers' names. */
    SOCKS5,
    /** SOCKS version 5; the proxy looks up the servers' names. */
    SOCKS5H
  }

  private static final int DEFAULT_PORT = 1080;

  /**
   * Parses {@code [scheme://][user:password@]host[:port]}; null for empty text.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static @Nullable ProxyServer parse(String text) {
    if (text.isBlank()) {
      return null;
    }
    int colon = text.indexOf("://");
    Kind kind = kind(colon < 0 ? "http" : text.substring(0, colon).toLowerCase(Locale.ROOT));
    String rest = colon < 0 ? text : text.substring(colon + 3);
    int at = rest.lastIndexOf('@');
    Credentials credentials = at < 0 ? null : credentials(rest.substring(0, at));
    return new ProxyServer(kind, address(rest.substring(at + 1)), credentials);
  }

  private static Kind kind(String scheme) {
    return switch (scheme) {
      case "http" -> Kind.HTTP;
      case "socks5" -> Kind.SOCKS5;
      case "socks5h", "socks" -> Kind.SOCKS5H;
      default ->
          throw new IllegalArgumentException(
              "'" + scheme + "' proxies are not supported; http, socks5 and socks5h are");
    };
  }

  /** Returns a copy with another login. */
  ProxyServer with(Credentials login) {
    return new ProxyServer(kind, address, login);
  }

  /** Whether it relays connections without looking at their content. */
  public boolean isSocks() {
    return kind != Kind.HTTP;
  }

  /** Its host and port, as a URL has them. */
  public String hostAndPort() {
    String host = address.getHostString();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static Credentials credentials(String userinfo) {
    Credentials raw = Credentials.parse(userinfo);
    return new Credentials(decode(raw.user()), decode(raw.password()));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the proxy's user or password has a lone %", e);
    }
  }

  private static InetSocketAddress address(String text) {
    String authority = beforePath(text);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = host(hasPort ? authority.substring(0, colon) : authority);
    if (host == null) {
      throw new IllegalArgumentException("the proxy is not HOST[:PORT]");
    }
    String port = hasPort ? authority.substring(colon + 1) : "";
    return InetSocketAddress.createUnresolved(host, port.isEmpty() ? DEFAULT_PORT : port(port));
  }

  /** Removes the path: a proxy's URL may have one, which means nothing. */
  private static String beforePath(String text) {
    int end = 0;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }

  /**
   * The host without brackets, with the zone of its address (RFC 6874); null if it is not a host.
   */
  private static @Nullable String host(String text) {
    int zone = text.startsWith("[") && text.endsWith("]") ? text.indexOf('%') : -1;
    if (zone < 0) {
      return HttpUrlParser.host(text);
    }
    String address = HttpUrlParser.host(text.substring(0, zone) + "]");
    String name = text.substring(zone + 1, text.length() - 1);
    boolean encoded = name.startsWith("25") && name.length() > 2;
    return address == null ? null : address + '%' + (encoded ? name.substring(2) : name);
  }

  private static int port(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits && text.length() <= 5 ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the proxy's port is not between 1 and 65535");
    }
    return port;
  }
}
