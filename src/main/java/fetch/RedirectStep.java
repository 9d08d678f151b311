package fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A redirect that was followed.
 *
 * @param before the redirect before it, null for the first
 * @param url the URL that was requested, password masked
 * @param status of the response
 * @param nanos from the start of the request to the end of the response, in nanoseconds
 * @param ip the server's address, null if unknown
 */
public record RedirectStep(
    @Nullable RedirectStep before, String url, int status, long nanos, @Nullable String ip) {

  /**
   * Appends a redirect.
   *
   * @param hop where the earlier ones led, null if there were none
   * @param total the time of the attempt so far, in nanoseconds
   */
  public static RedirectStep after(
      @Nullable Hop hop, String url, int status, long total, @Nullable String ip) {
    return hop == null
        ? new RedirectStep(null, url, status, total, ip)
        : new RedirectStep(hop.last(), url, status, total - hop.timings().total(), ip);
  }

  /** All redirects up to this one, in order. */
  public static List<RedirectStep> all(@Nullable RedirectStep last) {
    Deque<RedirectStep> steps = new ArrayDeque<>();
    for (RedirectStep step = last; step != null; step = step.before()) {
      steps.addFirst(step);
    }
    return List.copyOf(steps);
  }

  @Override
  public String toString() {
    return status + " " + url;
  }
}
