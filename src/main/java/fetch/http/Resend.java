package fetch.http;

import fetch.http.call.CallEvents;
import fetch.http.call.Phase;
import fetch.http.call.Unprocessed;
import fetch.http.connection.ConnectionChoice;
import fetch.http.okhttp.StreamResets;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is sent again on another connection within the same attempt.
 *
 * <ul>
 *   <li>A request that the server did not act on is, whatever its method, as often as it takes (RFC
 *       9113, section 8.7).
 *   <li>So is a request that the server wants to have over HTTP/1.1.
 *   <li>A GET or HEAD is when an idle connection of HTTP/1.x turns out to be closed (RFC 9112,
 *       section 9.3.1).
 * </ul>
 *
 * <p>Any other request may have been acted on, and is a matter of the retry rules. For one request
 * and one thread.
 */
final class Resend {
  /** A server that refuses more often than that refuses everything. */
  private static final int AT_ONCE = 3;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private ConnectionChoice connections = ConnectionChoice.ANY;
  private int times;

  /** Forgets what happened, before another request. */
  void reset() {
    connections = ConnectionChoice.ANY;
    times = 0;
  }

  ConnectionChoice connections() {
    return connections;
  }

  /** Whether to send the request again, on one of {@link #connections()}. */
  boolean isDue(IOException failure, String method, CallEvents events) {
    ConnectionChoice next = next(failure, method, events);
    if (next == null) {
      return false;
    }
    connections = next;
    times++;
    return true;
  }

  private static @Nullable ConnectionChoice next(
      IOException failure, String method, CallEvents events) {
    if (events.phase() != Phase.RESPONSE || events.wasTooSlow()) {
      return null;
    }
    if (failure instanceof Unprocessed) {
      return ConnectionChoice.OWN;
    }
    if (events.isHttp2()) {
      return events.isSecure() && isForHttp11(failure) ? ConnectionChoice.HTTP_1_1 : null;
    }
    boolean repeatable = method.equals("GET") || method.equals("HEAD");
    boolean lost = !events.connected() && Failures.isConnectionLoss(failure);
    return repeatable && lost ? ConnectionChoice.OWN : null;
  }

  private static boolean isForHttp11(IOException failure) {
    return StreamResets.codeOf(failure) == StreamResets.HTTP_1_1_REQUIRED;
  }

  /** How long to wait first: nothing, unless the server refuses again and again. */
  long pauseNanos() {
    int longer = Math.min(times - AT_ONCE - 1, Integer.SIZE);
    return longer < 0 ? 0 : Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << longer);
  }
}
