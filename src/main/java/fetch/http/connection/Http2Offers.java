package fetch.http.connection;

import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.tls.TlsRefusal;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/**
 * Decides which https hosts are offered HTTP/2. Unless the user has chosen, these are
 *
 * <ul>
 *   <li>hosts with several requests at once, for which HTTP/2 saves connections,
 *   <li>hosts that turn out to speak nothing else, and
 *   <li>hosts that get a request other than GET and HEAD: it could not be sent again if the host
 *       speaks nothing else.
 * </ul>
 *
 * <p>For few requests HTTP/2 costs more than HTTP/1.1: 2,000 hosts with one URL each take 0.69 of
 * the processor time and 172 MB instead of 218 without it. Safe for many threads.
 */
public final class Http2Offers {
  /** With this many requests at once a host counts as busy, and stays so. */
  private static final int REQUESTS = 3;

  /** Bounds memory for long lists. */
  private static final int MOST = 4096;

  /** The name of alert 120 (RFC 7301, section 3.2) in BoringSSL and the JDK. */
  private static final String REFUSED = "no_application_protocol";

  /** The JDK's message for alert 40, which may also concern the protocols. */
  private static final String FAILED = "received fatal alert: handshake_failure";

  /** BoringSSL's error for a server that chooses a protocol it was not offered. */
  private static final String CHOSEN_UNOFFERED = "invalid_alpn_protocol";

  private final HttpVersion version;
  private final ConcurrentHashMap<String, Integer> inFlight = new ConcurrentHashMap<>();
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();

  public Http2Offers(HttpVersion version) {
    this.version = version;
  }

  /** Whether to offer HTTP/2 to this URL's host for one more request. */
  public boolean includes(HttpUrl url) {
    return switch (version) {
      case HTTP_1_1 -> false;
      case NEGOTIATED, HTTP_2_PRIOR_KNOWLEDGE -> true;
      case ADAPTIVE -> hosts.contains(url.host()) || isBusy(url);
    };
  }

  private boolean isBusy(HttpUrl url) {
    boolean busy = inFlight.getOrDefault(url.host(), 0) >= REQUESTS - 1;
    if (busy) {
      add(url);
    }
    return busy;
  }

  private void add(HttpUrl url) {
    if (hosts.contains(url.host())) {
      return;
    }
    if (hosts.size() >= MOST) {
      hosts.clear();
    }
    hosts.add(url.host());
  }

  /**
   * Called before the client for a request is chosen.
   *
   * @param repeatable whether the request can be sent again, if the server has no HTTP/1.1
   */
  public void prepare(HttpUrl url, boolean repeatable) {
    if (isAdaptive(url) && !repeatable) {
      add(url);
    }
  }

  /** Called when a request to this URL's host begins. */
  public void begin(HttpUrl url) {
    if (isAdaptive(url)) {
      inFlight.merge(url.host(), 1, Integer::sum);
    }
  }

  /** Called when a request has ended. */
  public void end(HttpUrl url) {
    if (isAdaptive(url)) {
      inFlight.computeIfPresent(url.host(), (host, count) -> count == 1 ? null : count - 1);
    }
  }

  private boolean isAdaptive(HttpUrl url) {
    return version == HttpVersion.ADAPTIVE && url.isHttps();
  }

  /**
   * Offers HTTP/2 to the host from now on, if a failed call suggests it; returns whether to make
   * the call again with the offer. Servers without HTTP/1.1 refuse the handshake (RFC 7301, section
   * 3.2), or agree on no protocol and then end the connection or send frames of HTTP/2.
   *
   * <p>The call must not have offered HTTP/2 itself. Calls that begin at the same time fail alike,
   * and each is made again.
   *
   * @param unsent whether the call had no connection to send its request on
   * @param unheard whether the request may be sent again, and the server neither agreed on a
   *     protocol nor sent a response
   */
  public boolean growAfter(IOException failure, HttpUrl url, boolean unsent, boolean unheard) {
    boolean grows = isAdaptive(url) && (unheard || (unsent && isOfProtocols(failure)));
    if (grows) {
      add(url);
    }
    return grows;
  }

  private static boolean isOfProtocols(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure instanceof TlsRefusal
        || message.contains(FAILED)
        || message.contains(REFUSED)
        || message.contains(CHOSEN_UNOFFERED);
  }
}
