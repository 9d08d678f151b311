package fetch.http;

import fetch.http.RequestSettings.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy serves which URL: the one given, or else those of the environment variables {@code
 * http_proxy}, {@code https_proxy} and {@code all_proxy}, except for the hosts that need none.
 */
public final class ProxyRules extends ProxySelector {
  private final @Nullable ProxyServer forHttp;
  private final @Nullable ProxyServer forHttps;
  private final List<String> exempt;

  /**
   * @param given a proxy for all URLs, null to go by the environment; empty for none
   * @param noproxy host names, comma separated, null to go by the environment
   * @throws IllegalArgumentException when a proxy cannot be understood
   */
  public ProxyRules(
      @Nullable String given, @Nullable String noproxy, Map<String, String> environment) {
    String all = first(environment, "all_proxy", "ALL_PROXY");
    String http = first(environment, "http_proxy");
    String https = first(environment, "https_proxy", "HTTPS_PROXY");
    this.forHttp = ProxyServer.parse(given != null ? given : http.isEmpty() ? all : http);
    this.forHttps = ProxyServer.parse(given != null ? given : https.isEmpty() ? all : https);
    String none = noproxy != null ? noproxy : first(environment, "no_proxy", "NO_PROXY");
    this.exempt = List.of(none.toLowerCase(Locale.ROOT).strip().split("[\\s,]+"));
  }

  private static String first(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.getOrDefault(name, "");
      if (!value.isBlank()) {
        return value;
      }
    }
    return "";
  }

  /** Whether no URL ever goes through a proxy. */
  boolean none() {
    return forHttp == null && forHttps == null;
  }

  /** What to tell the proxy of this address, null for nothing. */
  @Nullable Credentials credentialsFor(SocketAddress address) {
    for (ProxyServer server : new @Nullable ProxyServer[] {forHttp, forHttps}) {
      if (server != null && server.address().equals(address)) {
        return server.credentials();
      }
    }
    return null;
  }

  /** The user and password of a SOCKS proxy, null when there are none. */
  @Nullable Credentials socksCredentials() {
    for (ProxyServer server : new @Nullable ProxyServer[] {forHttp, forHttps}) {
      if (server != null && server.type() == Proxy.Type.SOCKS && server.credentials() != null) {
        return server.credentials();
      }
    }
    return null;
  }

  @Override
  public List<Proxy> select(URI uri) {
    ProxyServer server = "https".equals(uri.getScheme()) ? forHttps : forHttp;
    if (server == null || isExempt(uri.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(new Proxy(server.type(), server.address()));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // There is no second proxy to turn to.
  }

  private boolean isExempt(String uriHost) {
    String host = uriHost.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    return exempt.stream().anyMatch(rule -> covers(rule, host));
  }

  private static boolean covers(String rule, String host) {
    if (rule.isEmpty()) {
      return false;
    }
    if (rule.indexOf('/') > 0) {
      return coversAddress(rule, host);
    }
    String name = rule.startsWith(".") ? rule.substring(1) : rule;
    return rule.equals("*") || host.equals(name) || host.endsWith("." + name);
  }

  /** Whether an address literal lies in a block in CIDR notation (RFC 4632). */
  private static boolean coversAddress(String block, String host) {
    try {
      int slash = block.indexOf('/');
      byte[] network = InetAddress.ofLiteral(block.substring(0, slash)).getAddress();
      byte[] address = InetAddress.ofLiteral(host).getAddress();
      int bits = Integer.parseInt(block.substring(slash + 1));
      return network.length == address.length
          && bits <= 8 * network.length
          && samePrefix(network, address, bits);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean samePrefix(byte[] one, byte[] other, int bits) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** One proxy. */
  private record ProxyServer(
      Proxy.Type type, InetSocketAddress address, @Nullable Credentials credentials) {
    private static final int DEFAULT_PORT = 1080;

    /** Parses {@code [scheme://][user:password@]host[:port]}; null for empty text. */
    static @Nullable ProxyServer parse(String text) {
      if (text.isBlank()) {
        return null;
      }
      int colon = text.indexOf("://");
      String scheme = colon < 0 ? "http" : text.substring(0, colon).toLowerCase(Locale.ROOT);
      Proxy.Type type =
          switch (scheme) {
            case "http" -> Proxy.Type.HTTP;
            case "socks5", "socks5h", "socks" -> Proxy.Type.SOCKS;
            default ->
                throw new IllegalArgumentException(
                    "'" + scheme + "' proxies are not supported; http and socks5 are");
          };
      String rest = colon < 0 ? text : text.substring(colon + 3);
      int at = rest.lastIndexOf('@');
      Credentials credentials = at < 0 ? null : Credentials.parse(decode(rest.substring(0, at)));
      return new ProxyServer(type, address(rest.substring(at + 1)), credentials);
    }

    private static String decode(String text) {
      return java.net.URLDecoder.decode(
          text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
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
}
