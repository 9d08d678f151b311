package fetch.http;

import fetch.http.RequestSettings.Credentials;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One proxy.
 *
 * @param proxy its kind and address, which is looked up anew for each connection
 * @param credentials what to tell it, null for nothing
 */
record ProxyServer(Proxy proxy, @Nullable Credentials credentials) {
  private static final int DEFAULT_PORT = 1080;

  /**
   * Parses {@code [scheme://][user:password@]host[:port]}; null for empty text.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static @Nullable ProxyServer parse(String text) {
    if (text.isBlank()) {
      return null;
    }
    int colon = text.indexOf("://");
    Proxy.Type type = type(colon < 0 ? "http" : text.substring(0, colon).toLowerCase(Locale.ROOT));
    String rest = colon < 0 ? text : text.substring(colon + 3);
    int at = rest.lastIndexOf('@');
    Credentials credentials = at < 0 ? null : credentials(rest.substring(0, at));
    return new ProxyServer(new Proxy(type, address(rest.substring(at + 1))), credentials);
  }

  private static Proxy.Type type(String scheme) {
    return switch (scheme) {
      case "http" -> Proxy.Type.HTTP;
      case "socks5", "socks5h", "socks" -> Proxy.Type.SOCKS;
      default ->
          throw new IllegalArgumentException(
              "'" + scheme + "' proxies are not supported; http and socks5 are");
    };
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
    URI uri;
    try {
      uri = URI.create("http://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the proxy is not HOST[:PORT]", e);
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("the proxy is not HOST[:PORT]");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return InetSocketAddress.createUnresolved(uri.getHost().replaceAll("[\\[\\]]", ""), port);
  }
}
