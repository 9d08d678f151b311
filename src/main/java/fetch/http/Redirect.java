package fetch.http;

import fetch.FailureKind;
import fetch.Hop;
import fetch.Redaction;
import fetch.RedirectStep;
import fetch.Timings;
import fetch.http.call.FailedTransfer;
import fetch.http.url.HttpUrlParser;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Where a response sends its client (RFC 9110, section 15.4).
 *
 * @param url the next URL
 * @param method the method to use there
 */
record Redirect(HttpUrl url, String method) {
  /**
   * The redirect that a response asks for, null when it asks for none.
   *
   * @throws FailedTransfer when it leads nowhere that fetch goes
   */
  static @Nullable Redirect of(Response response, String method) throws FailedTransfer {
    String location = isRedirect(response.code()) ? Location.of(response) : null;
    if (location == null) {
      return null;
    }
    HttpUrl url = HttpUrlParser.resolve(response.request().url(), location);
    if (url == null) {
      throw refuse(Redaction.ofText(location));
    }
    return new Redirect(url, nextMethod(response.code(), method));
  }

  /**
   * The request that comes next.
   *
   * @param redirects how many there were, this one included
   * @param before where those before it led, null when there were none
   * @param timings of the attempt so far
   * @param step this redirect as records have it, null when they don't
   */
  Hop hop(
      Response response,
      int redirects,
      @Nullable Hop before,
      Timings timings,
      @Nullable RedirectStep step) {
    return new Hop(
        HttpUrlParser.targetOf(url),
        method,
        redirects,
        ChainCookies.with(before == null ? List.of() : before.cookies(), response),
        timings,
        step);
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
