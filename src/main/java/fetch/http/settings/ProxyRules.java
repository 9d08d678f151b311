package fetch.http.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy serves which URL: the one given, or else those of the environment variables {@code
 * http_proxy}, {@code https_proxy} and {@code all_proxy}, except for the hosts that need none.
 */
public final class ProxyRules {
  private final @Nullable ProxyServer forHttp;
  private final @Nullable ProxyServer forHttps;
  private final List<ProxyExemption> exempt;
  private final boolean logsInToSocks;

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
    this.exempt = none.isBlank() ? List.of() : exemptions(none);
    this.logsInToSocks = false;
  }

  private static List<ProxyExemption> exemptions(String list) {
    return Pattern.compile("[\\s,]+").splitAsStream(list).map(ProxyExemption::parse).toList();
  }

  private ProxyRules(ProxyRules other, boolean logsInToSocks) {
    this.forHttp = other.forHttp;
    this.forHttps = other.forHttps;
    this.exempt = other.exempt;
    this.logsInToSocks = logsInToSocks;
  }

  /**
   * The same, with passwords sent to SOCKS proxies. Java takes these from the default {@link
   * java.net.Authenticator}, which is set for the whole JVM; without this, requests through a SOCKS
   * proxy with a password fail.
   */
  public ProxyRules loggingInToSocks() {
    return new ProxyRules(this, true);
  }

  public boolean logsInToSocks() {
    return logsInToSocks;
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
  public @Nullable ProxyServer serverFor(boolean https, String host, int port) {
    ProxyServer server = https ? forHttps : forHttp;
    return server == null || isExempt(host, port) ? null : server;
  }

  private boolean isExempt(String host, int port) {
    for (ProxyExemption exemption : exempt) {
      if (exemption.covers(host, port)) {
        return true;
      }
    }
    return false;
  }
}
