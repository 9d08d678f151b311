package fetch.http;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.Hop.SetCookie;
import fetch.Quantity;
import fetch.Redaction;
import fetch.RedirectStep;
import fetch.Target;
import fetch.Timings;
import fetch.http.call.FailedTransfer;
import fetch.http.settings.RequestSettings;
import fetch.http.url.HttpUrlParser;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The next request of an attempt: the target of a redirect (RFC 9110, section 15.4), or GET for the
 * same URL if the server refuses HEAD.
 *
 * @param target the next URL
 * @param method of the next request
 * @param isMove whether it counts as a redirect
 */
record Redirect(Target target, String method, boolean isMove) {
  /** RFC 9309, section 2.3.1.2. */
  private static final int ROBOTS_REDIRECTS = 5;

  /**
   * The next request after a response, null if there is none.
   *
   * @param request the one that got the response
   * @param method of that request
   * @throws FailedTransfer if the target cannot be fetched, or there were too many redirects
   */
  static @Nullable Redirect of(
      Response response, FetchRequest request, String method, RequestSettings settings)
      throws FailedTransfer {
    int most = request.robots() ? ROBOTS_REDIRECTS : settings.maxRedirs();
    Redirect redirect = most == RequestSettings.FOLLOW_NONE ? null : move(response, method);
    if (redirect != null) {
      if (before(request) >= most) {
        throw new FailedTransfer(
            FailureKind.TOO_MANY_REDIRECTS, "more than " + Quantity.of(most, "redirect"));
      }
      return redirect;
    }
    return method.equals("HEAD") && settings.action().getsOn(response.code())
        ? new Redirect(request.requested(), "GET", false)
        : null;
  }

  private static @Nullable Redirect move(Response response, String method) throws FailedTransfer {
    String location = isRedirect(response.code()) ? Location.of(response) : null;
    if (location == null) {
      return null;
    }
    HttpUrl url = HttpUrlParser.resolve(response.request().url(), location);
    if (url == null) {
      throw refuse(Redaction.ofText(location));
    }
    return new Redirect(HttpUrlParser.targetOf(url), nextMethod(response.code(), method), true);
  }

  private static int before(FetchRequest request) {
    return request.hop() == null ? 0 : request.hop().redirects();
  }

  /**
   * The hop to the next request.
   *
   * @param request the one that got the response
   * @param cookies those that responses on the way have set, in order
   * @param timings of the attempt so far
   * @param recorded whether records have redirects
   * @param ip the server's address, null if unknown
   */
  Hop hop(
      Response response,
      FetchRequest request,
      List<SetCookie> cookies,
      Timings timings,
      boolean recorded,
      @Nullable String ip) {
    Hop before = request.hop();
    RedirectStep last = before == null ? null : before.last();
    return new Hop(
        target,
        method,
        before(request) + (isMove ? 1 : 0),
        cookies,
        timings,
        isMove && recorded
            ? RedirectStep.after(
                before, request.requested().url(), response.code(), timings.total(), ip)
            : last);
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static String nextMethod(int status, String method) {
    boolean toGet = status == 303 ? !method.equals("HEAD") : status < 303 && method.equals("POST");
    return toGet ? "GET" : method;
  }

  private static FailedTransfer refuse(String location) {
    boolean otherScheme = location.matches("(?i)(?!https?:)[a-z][a-z0-9+.-]*:.*");
    return otherScheme
        ? new FailedTransfer(
            FailureKind.UNSUPPORTED_SCHEME, "redirected to another scheme: " + location)
        : new FailedTransfer(FailureKind.INVALID_URL, "redirected to an invalid URL: " + location);
  }
}
