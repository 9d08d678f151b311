package fetch.http;

import fetch.Hop;
import fetch.Hop.SetCookie;
import fetch.http.cookie.CookieJar;
import fetch.http.url.HttpUrlParser;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Adds cookies to the requests of an attempt, and takes those that responses set: from the run's
 * jar, or without one from a chain of redirects, because some sites redirect to themselves until
 * their cookie comes back. The user's cookies come after them, as in curl.
 *
 * @param jar of the run, null for none
 * @param before the previous hop, null for the first request
 */
record AttemptCookies(@Nullable CookieJar jar, @Nullable Hop before) {
  /** Cookies of one domain that are kept; the limit of browsers. Bounds memory. */
  private static final int MOST = 180;

  private static final int LONGEST = 8192;
  private static final String COOKIE = "Cookie";
  private static final String SET_COOKIE = "Set-Cookie";

  /**
   * Stores the cookies of a response.
   *
   * @param now milliseconds since the Unix epoch, as below
   */
  void take(Response response, long now) {
    if (jar != null) {
      List<String> fields = response.headers(SET_COOKIE);
      if (!fields.isEmpty()) {
        jar.store(fields, response.request().url(), now);
      }
    }
  }

  /**
   * Returns the cookies that the chain of redirects has set up to this response; empty if there is
   * a jar.
   */
  List<SetCookie> after(Response response) {
    List<SetCookie> earlier = before == null ? List.of() : before.cookies();
    List<String> fields = jar == null ? response.headers(SET_COOKIE) : List.of();
    if (fields.isEmpty()) {
      return earlier;
    }
    String url = response.request().url().toString();
    List<SetCookie> all = new ArrayList<>(earlier);
    for (String field : fields) {
      if (field.length() <= LONGEST && all.size() < MOST) {
        all.add(new SetCookie(url, field));
      }
    }
    return List.copyOf(all);
  }

  /** The request with the cookies that belong to its URL. */
  Request add(Request request, long now) {
    String cookies = jar == null ? ofChain(request.url(), now) : jar.header(request.url(), now);
    if (cookies.isEmpty()) {
      return request;
    }
    String own = request.header(COOKIE);
    return request
        .newBuilder()
        .headers(
            request
                .headers()
                .newBuilder()
                .removeAll(COOKIE)
                .addUnsafeNonAscii(COOKIE, own == null ? cookies : cookies + "; " + own)
                .build())
        .build();
  }

  private String ofChain(HttpUrl url, long now) {
    if (before == null || before.cookies().isEmpty()) {
      return "";
    }
    CookieJar chain = new CookieJar();
    for (SetCookie field : before.cookies()) {
      chain.store(List.of(field.value()), HttpUrlParser.get(field.url()), now);
    }
    return chain.header(url, now);
  }
}
