package fetch.http;

import fetch.http.call.CallEvents;
import fetch.http.call.Phase;
import fetch.http.call.Unprocessed;
import fetch.http.connection.ConnectionChoice;
import fetch.http.connection.Http2Offers;
import fetch.http.okhttp.StreamResets;
import fetch.http.tls.TlsRefusal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is sent again on another connection within the same attempt.
 *
 * <ul>
 *   <li>A request that the server did not act on is sent again, whatever its method and as often as
 *       needed (RFC 9113, section 8.7).
 *   <li>So is a request that the server requires over HTTP/1.1.
 *   <li>GET and HEAD are sent again if an idle HTTP/1.x connection turns out to be closed (RFC
 *       9112, section 9.3.1).
 *   <li>A call that offered the server too little is made again with a larger offer.
 * </ul>
 *
 * <p>The server may have acted on any other request: the retry rules decide. For one request and
 * one thread.
 */
final class ResendPolicy {
  /** After this many refusals, each further one is followed by a pause. */
  private static final int AT_ONCE = 3;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private ConnectionChoice connections = ConnectionChoice.ANY;
  private boolean offersHttp2;
  private int times;

  /** Resets the state, before another request. */
  void reset() {
    connections = ConnectionChoice.ANY;
    times = 0;
  }

  ConnectionChoice connections() {
    return connections;
  }

  /** Prepares the next call, and keeps what it offers the server. */
  Call newCall(OkHttpClient client, Request request) {
    offersHttp2 = client.protocols().contains(Protocol.HTTP_2);
    return client.newCall(request);
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
    boolean lost = !events.connected() && FailureClassifier.isConnectionLoss(failure);
    return isRepeatable(method) && lost ? ConnectionChoice.OWN : null;
  }

  /** Whether a request with this method can be sent again, although it may have had an effect. */
  static boolean isRepeatable(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  /**
   * Whether to make the call again, on one of {@link #connections()}, because the next handshake
   * offers the server more: HTTP/2, or Java's TLS.
   */
  boolean offersMore(
      IOException failure, HttpUrl url, String method, CallEvents events, Http2Offers offers) {
    boolean unheard = isRepeatable(method) && events.isUnheard();
    if (!offersHttp2
        && connections != ConnectionChoice.HTTP_1_1
        && offers.growAfter(failure, url, events.isUnsent(), unheard)) {
      connections = ConnectionChoice.OFFERED_HTTP_2;
      return true;
    }
    return failure instanceof TlsRefusal;
  }

  private static boolean isForHttp11(IOException failure) {
    return StreamResets.codeOf(failure) == StreamResets.HTTP_1_1_REQUIRED;
  }

  /** How long to wait first; 0 unless the server keeps refusing. */
  long pauseNanos() {
    int longer = Math.min(times - AT_ONCE - 1, Integer.SIZE);
    return longer < 0 ? 0 : Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << longer);
  }
}
