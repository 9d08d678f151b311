package fetch.http;

import fetch.Hop.SetCookie;
import fetch.http.url.HttpUrlParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Cookie;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

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
    List<Received> matching = matching(set, request.url(), epochMillis);
    if (matching.isEmpty()) {
      return request;
    }
    StringBuilder value = new StringBuilder();
    for (Received cookie : matching) {
      value.append(value.isEmpty() ? "" : "; ").append(cookie.attributes().name()).append('=');
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

  /**
   * A cookie as OkHttp understands it, but for the value, which it takes in ASCII only.
   *
   * @param value as the server sent it
   */
  private record Received(Cookie attributes, String value) {
    static @Nullable Received of(SetCookie field) {
      String text = field.value();
      int semicolon = text.indexOf(';');
      int end = semicolon < 0 ? text.length() : semicolon;
      int equals = text.indexOf('=');
      if (equals < 0 || equals > end) {
        return null;
      }
      String pair = text.substring(0, equals) + "=x";
      Cookie cookie = Cookie.parse(HttpUrlParser.get(field.url()), pair + text.substring(end));
      return cookie == null ? null : new Received(cookie, text.substring(equals + 1, end).strip());
    }
  }

  /** Those that are sent to a URL, the longest paths first. */
  private static List<Received> matching(List<SetCookie> set, HttpUrl url, long now) {
    record Key(String name, String domain, String path) {}
    Map<Key, Received> kept = new LinkedHashMap<>();
    for (SetCookie field : set) {
      Received received = Received.of(field);
      if (received != null) {
        Cookie cookie = received.attributes();
        kept.put(new Key(cookie.name(), cookie.domain(), cookie.path()), received);
      }
    }
    return kept.values().stream()
        .filter(cookie -> cookie.attributes().expiresAt() > now)
        .filter(cookie -> cookie.attributes().matches(url))
        .sorted(Comparator.comparingInt(cookie -> -cookie.attributes().path().length()))
        .toList();
  }
}
