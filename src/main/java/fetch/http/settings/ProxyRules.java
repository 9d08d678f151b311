package fetch.http.settings;

import fetch.HeaderLine;
import fetch.http.settings.RequestSettings.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy serves which URL: the one given, else those of the environment variables {@code
 * http_proxy}, {@code https_proxy} and {@code all_proxy}; exempt hosts have none.
 */
public final class ProxyRules {
  private final @Nullable ProxyServer forHttp;
  private final @Nullable ProxyServer forHttps;
  private final List<ProxyExemption> exempt;
  private final List<HeaderLine> headers;

  /**
   * @param given a proxy for all URLs, null for those of the environment; empty for none
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
    this.headers = List.of();
  }

  private static List<ProxyExemption> exemptions(String list) {
    return Pattern.compile("[\\s,]+").splitAsStream(list).map(ProxyExemption::parse).toList();
  }

  private ProxyRules(ProxyRules other, @Nullable Credentials login, List<HeaderLine> headers) {
    this.forHttp = withLogin(other.forHttp, login);
    this.forHttps = withLogin(other.forHttps, login);
    this.exempt = other.exempt;
    this.headers = List.copyOf(headers);
  }

  private static @Nullable ProxyServer withLogin(
      @Nullable ProxyServer server, @Nullable Credentials login) {
    return server == null || login == null ? server : server.with(login);
  }

  /** Returns a copy with this user and password instead of those in the proxies' URLs. */
  public ProxyRules with(Credentials login) {
    return new ProxyRules(this, login, headers);
  }

  /**
   * Returns a copy with these header fields for CONNECT and for requests that an http proxy
   * forwards.
   */
  public ProxyRules with(List<HeaderLine> fields) {
    return new ProxyRules(this, null, fields);
  }

  /** The header fields for http proxies. */
  public List<HeaderLine> headers() {
    return headers;
  }

  /** The proxies, in no order. */
  public List<ProxyServer> servers() {
    return Stream.of(forHttp, forHttps).filter(Objects::nonNull).distinct().toList();
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

  /** The proxy for requests to a host, null for a direct connection. */
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
