package fetch.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy serves which URL: the one given, or else those of the environment variables {@code
 * http_proxy}, {@code https_proxy} and {@code all_proxy}, except for the hosts that need none.
 */
public final class ProxyRules {
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

  /** The proxy for requests to a host, null when they go straight to it. */
  @Nullable ProxyServer serverFor(boolean https, String host) {
    ProxyServer server = https ? forHttps : forHttp;
    return server == null || isExempt(host) ? null : server;
  }

  private boolean isExempt(String host) {
    return exempt.stream().anyMatch(rule -> covers(rule, host));
  }

  private static boolean covers(String rule, String host) {
    if (rule.isEmpty()) {
      return false;
    }
    if (rule.indexOf('/') > 0) {
      return coversAddress(rule, host);
    }
    String name = (rule.startsWith(".") ? rule.substring(1) : rule).replaceAll("[\\[\\]]", "");
    return rule.equals("*") || host.equals(name) || host.endsWith("." + name);
  }

  /** Whether an address literal lies in a block in CIDR notation. */
  private static boolean coversAddress(String block, String host) {
    try {
      return AddressBlock.parse(block).contains(InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
