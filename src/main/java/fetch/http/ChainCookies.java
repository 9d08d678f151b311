package fetch.http;

import fetch.Hop.SetCookie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Cookie;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The cookies that servers set while an entry is redirected. They are sent back in the same chain
 * of redirects, to the hosts they belong to (RFC 6265, section 5.4): some sites redirect to
 * themselves until their cookie comes back. Cookies of the user come after them, as curl has it.
 */
final class ChainCookies {
  /** As browsers keep of one domain; the rest is ignored, so that no server fills the memory. */
  private static final int MOST = 180;

  private static final int LONGEST = 4096;
  private static final String COOKIE = "Cookie";

  private ChainCookies() {}

  /** What was set before and by this response. */
  static List<SetCookie> with(List<SetCookie> before, Response response) {
    List<String> fields = response.headers("Set-Cookie");
    if (fields.isEmpty()) {
      return before;
    }
    String url = response.request().url().toString();
    List<SetCookie> all = new ArrayList<>(before);
    for (String field : fields) {
      if (field.length() <= LONGEST && all.size() < MOST) {
        all.add(new SetCookie(url, field));
      }
    }
    return List.copyOf(all);
  }

  /**
   * The request with the cookies that belong to its URL.
   *
   * @param epochMillis the time now, in milliseconds since the Unix epoch
   */
  static Request add(List<SetCookie> set, Request request, long epochMillis) {
    if (set.isEmpty()) {
      return request;
    }
    List<Cookie> matching = matching(set, request.url(), epochMillis);
    if (matching.isEmpty()) {
      return request;
    }
    StringBuilder value = new StringBuilder();
    for (Cookie cookie : matching) {
      value.append(value.isEmpty() ? "" : "; ").append(cookie.name()).append('=');
      value.append(cookie.value());
    }
    String own = request.header(COOKIE);
    if (own != null) {
      value.append("; ").append(own);
    }
    return request
        .newBuilder()
        .headers(
            request
                .headers()
                .newBuilder()
                .removeAll(COOKIE)
                .addUnsafeNonAscii(COOKIE, value.toString())
                .build())
        .build();
  }

  /** Those that are sent to a URL, the longest paths first. */
  private static List<Cookie> matching(List<SetCookie> set, HttpUrl url, long now) {
    record Key(String name, String domain, String path) {}
    Map<Key, Cookie> kept = new LinkedHashMap<>();
    for (SetCookie field : set) {
      Cookie cookie = Cookie.parse(HttpUrl.get(field.url()), field.value());
      if (cookie != null) {
        kept.put(new Key(cookie.name(), cookie.domain(), cookie.path()), cookie);
      }
    }
    return kept.values().stream()
        .filter(cookie -> cookie.expiresAt() > now && cookie.matches(url))
        .sorted(Comparator.comparingInt(cookie -> -cookie.path().length()))
        .toList();
  }
}
