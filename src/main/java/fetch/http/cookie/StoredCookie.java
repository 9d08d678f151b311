package fetch.http.cookie;

import okhttp3.HttpUrl;

/**
 * A cookie (RFC 6265bis, section 5.7).
 *
 * @param value as the server sent it
 * @param secure whether it is sent over https only
 * @param httpOnly whether scripts may not see it, which cookie files keep
 * @param expires milliseconds since the Unix epoch, {@link #SESSION} for the end of the session
 */
record StoredCookie(CookieKey key, String value, boolean secure, boolean httpOnly, long expires) {
  static final long SESSION = Long.MAX_VALUE;

  /**
   * Identifies a cookie; a new one replaces that with the same key.
   *
   * @param name may be empty
   * @param domain in lower case, without dots at either end
   * @param hostOnly whether it applies to this host only, and not to names below it
   */
  record CookieKey(String name, String domain, boolean hostOnly, String path) {}

  boolean isExpired(long now) {
    return expires <= now;
  }

  boolean isOfSession() {
    return expires == SESSION;
  }

  /** Whether it is sent to a URL, whose host is known to match. */
  boolean isFor(HttpUrl url, boolean sameHost) {
    return (sameHost || !key.hostOnly())
        && (!secure || url.isHttps())
        && matchesPath(url.encodedPath(), key.path());
  }

  /** Section 5.1.4. */
  static boolean matchesPath(String path, String cookiePath) {
    return path.startsWith(cookiePath)
        && (path.length() == cookiePath.length()
            || cookiePath.endsWith("/")
            || path.charAt(cookiePath.length()) == '/');
  }

  /** Whether a text has a control character, which no part of a cookie may have (section 5.6). */
  static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
  }

  /** The pair in a Cookie field (section 5.8.3). */
  String pair() {
    return key.name().isEmpty() ? value : key.name() + "=" + value;
  }

  /** Omits the secret. */
  @Override
  public String toString() {
    return key.name() + "=***";
  }
}
