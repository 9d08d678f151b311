package fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next request of an attempt, after redirects. The frontier schedules it at its own host, like
 * any entry.
 *
 * @param target where the last redirect leads
 * @param method of the request (RFC 9110, section 15.4)
 * @param redirects how many redirects led there
 * @param cookies those that responses on the way have set, in order
 * @param timings of the attempt so far; the total is the time of its requests, without the waits
 *     between them
 * @param last the redirect that led there, null if records don't have it
 */
public record Hop(
    Target target,
    String method,
    int redirects,
    List<SetCookie> cookies,
    Timings timings,
    @Nullable RedirectStep last) {

  public Hop(
      Target target, String method, int redirects, List<SetCookie> cookies, Timings timings) {
    this(target, method, redirects, cookies, timings, null);
  }

  /**
   * A Set-Cookie field (RFC 6265, section 4.1).
   *
   * @param url the URL of the response; never printed, as it may hold a password
   * @param value of the field, as received
   */
  public record SetCookie(String url, String value) {
    /** Omits the secret. */
    @Override
    public String toString() {
      return "Set-Cookie";
    }
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
