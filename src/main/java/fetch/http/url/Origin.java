package fetch.http.url;

import okhttp3.HttpUrl;

/** The scheme, host and port of a URL (RFC 6454). */
public record Origin(String scheme, String host, int port) {
  public static Origin of(HttpUrl url) {
    return new Origin(url.scheme(), url.host(), url.port());
  }

  /** Whether two URLs have the same origin. */
  public static boolean isSame(HttpUrl one, HttpUrl other) {
    return one.port() == other.port()
        && one.host().equals(other.host())
        && one.scheme().equals(other.scheme());
  }
}
