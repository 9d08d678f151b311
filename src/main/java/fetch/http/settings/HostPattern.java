package fetch.http.settings;

import fetch.HostName;
import fetch.http.url.Addresses;
import fetch.http.url.HttpUrlParser;
import fetch.input.TargetParser.Parsed;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for hosts, as users write it: {@code example.org}, {@code example.org:8443}, {@code
 * *.example.org} for all names below it, an IPv4 or IPv6 address, or {@code https://example.org}
 * for one origin. Case and a trailing dot are ignored, and a name may be in Unicode.
 *
 * @param scheme null for http and https
 * @param host in lower case, in ASCII, without a trailing dot
 * @param port 0 for every port
 * @param below whether it matches the names below the host, and not the host itself
 */
public record HostPattern(@Nullable String scheme, String host, int port, boolean below) {
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";
  private static final String ANY_BELOW = "*.";

  /**
   * @throws IllegalArgumentException if the text is no such pattern
   */
  static HostPattern parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String scheme = lower.startsWith(HTTP) ? HTTP : lower.startsWith(HTTPS) ? HTTPS : null;
    String rest = scheme == null ? text : withoutSlash(text.substring(scheme.length()));
    boolean below = rest.startsWith(ANY_BELOW);
    String authority = bracketed(below ? rest.substring(ANY_BELOW.length()) : rest);
    HttpUrl url =
        isAuthority(authority) ? parsed((scheme == null ? HTTP : scheme) + authority) : null;
    if (url == null || (below && Addresses.isLiteral(url.host()))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a host such as example.org, example.org:8443 or *.example.org");
    }
    boolean anyPort = scheme == null && !hasPort(authority);
    return new HostPattern(
        scheme == null ? null : url.scheme(),
        HostName.withoutDot(url.host()),
        anyPort ? 0 : url.port(),
        below);
  }

  /**
   * The normal form of a pattern that names hosts only: {@code example.org} or {@code
   * *.example.org}.
   *
   * @throws IllegalArgumentException if the text is no such pattern
   */
  public static String ofHost(String text) {
    HostPattern pattern = parse(text);
    if (pattern.scheme != null || pattern.port != 0) {
      throw new IllegalArgumentException(
          "'" + text + "' has a scheme or port; settings are for a host, with all its ports");
    }
    return pattern.below ? ANY_BELOW + pattern.host : pattern.host;
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** An IPv6 address may lack its brackets. */
  private static String bracketed(String text) {
    boolean bare = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    return bare ? '[' + text + ']' : text;
  }

  private static boolean isAuthority(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("/\\?#@* ".indexOf(text.charAt(i)) >= 0) {
        return false;
      }
    }
    return !text.isEmpty() && !text.startsWith(".") && !text.endsWith(":");
  }

  private static @Nullable HttpUrl parsed(String url) {
    return new HttpUrlParser().parse(url + "/") instanceof Parsed.Good good
        ? HttpUrlParser.urlOf(good.target())
        : null;
  }

  private static boolean hasPort(String authority) {
    return authority.indexOf(':', authority.indexOf(']') + 1) >= 0;
  }

  boolean matches(HttpUrl url) {
    return (port == 0 || port == url.port())
        && (scheme == null || scheme.equals(url.scheme()))
        && matches(HostName.withoutDot(url.host()));
  }

  private boolean matches(String name) {
    if (!below) {
      return name.equals(host);
    }
    int dot = name.length() - host.length() - 1;
    return dot > 0 && name.charAt(dot) == '.' && name.endsWith(host);
  }
}
