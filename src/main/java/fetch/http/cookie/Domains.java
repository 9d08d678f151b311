package fetch.http.cookie;

import fetch.HostName;
import fetch.http.url.Addresses;
import fetch.http.url.HostSpelling;
import okhttp3.HttpUrl;

/** Handles host names in cookies. */
final class Domains {
  private Domains() {}

  /** The host without a trailing dot. */
  static String of(HttpUrl url) {
    return HostName.withoutDot(url.host());
  }

  /** Whether a host is in a domain (RFC 6265bis, section 5.1.3). */
  static boolean matches(String host, String domain) {
    int dot = host.length() - domain.length() - 1;
    return host.equals(domain)
        || (dot > 0 && host.charAt(dot) == '.' && host.endsWith(domain) && !isAddress(host));
  }

  /** The parent domain of a host; empty for a top-level domain. */
  static String above(String host) {
    int dot = host.indexOf('.');
    return dot < 0 ? "" : host.substring(dot + 1);
  }

  static boolean isAddress(String host) {
    return Addresses.isLiteral(host);
  }

  /**
   * Whether names below it belong to different owners, by the public suffix list.
   *
   * @throws IllegalArgumentException if it is not a host name
   */
  static boolean isPublicSuffix(String domain) {
    HttpUrl url = new HttpUrl.Builder().scheme("http").host(HostSpelling.accepted(domain)).build();
    return !isAddress(domain) && url.topPrivateDomain() == null;
  }
}
