package fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where redirects have led an attempt: the request that it makes next. The frontier schedules it at
 * its own host, as it would any entry.
 *
 * @param target where the last redirect leads
 * @param method the method to use there (RFC 9110, section 15.4)
 * @param redirects how many redirects led there
 * @param cookies what responses on the way have set, in order
 * @param timings of the attempt so far; the total is the time that its requests took, without the
 *     waits between them
 * @param last the redirect that led there, null when records don't have it
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
   * @param url where the response came from; never printed, as it may hold a password
   * @param value of the field, as received
   */
  public record SetCookie(String url, String value) {
    /** Keeps the secret to itself. */
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
