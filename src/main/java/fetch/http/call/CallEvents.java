package fetch.http.call;

import fetch.Timings;
import fetch.http.okhttp.Connections;
import fetch.http.okhttp.Tag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/**
 * Follows one attempt by OkHttp's events: its current phase, when each phase ended, and its peer.
 * Also ends a connect that takes too long. Events come from the attempt's own thread, or from
 * threads that race to connect for it; one of them wins.
 */
public final class CallEvents extends EventListener {
  private static final Tag<CallEvents> TAG = new Tag<>(CallEvents.class);

  private final CurrentCall current;
  private final CallListener listener;
  private final long connectTimeoutNanos;
  private final long start;

  private volatile Phase phase = Phase.RESPONSE;
  private volatile boolean connectTimedOut;
  private volatile boolean tooSlow;
  private volatile boolean connected;
  private volatile boolean proxied;
  private volatile boolean sending;
  private volatile @Nullable CompletableFuture<List<InetAddress>> lookup;
  private volatile @Nullable Call connecting;
  private @Nullable ConnectTimer timer;
  private @Nullable InetSocketAddress remote;
  private @Nullable Connection connection;
  private @Nullable Response lastResponse;
  private String host = "";
  private int port;
  private boolean secure;
  private volatile @Nullable InetSocketAddress target;
  private long namelookup;
  private long connect;
  private long appconnect;
  private long starttransfer;

  /**
   * @param current is set for each look-up and socket
   * @param listener receives how each call goes
   * @param before the timings of the attempt's earlier requests
   */
  public CallEvents(
      CurrentCall current, CallListener listener, long connectTimeoutNanos, Timings before) {
    this.start = System.nanoTime() - before.total();
    this.namelookup = before.namelookup();
    this.connect = before.connect();
    this.appconnect = before.appconnect();
    this.starttransfer = before.starttransfer();
    this.current = current;
    this.listener = listener;
    this.connectTimeoutNanos = connectTimeoutNanos;
  }

  /** The events of a request, null for none. */
  public static @Nullable CallEvents of(Request request) {
    return TAG.of(request);
  }

  /** Makes these the events of a request. */
  public void attachTo(Request.Builder request) {
    TAG.attach(this, request);
  }

  public Phase phase() {
    return phase;
  }

  /** Whether the connect timeout ended the call. */
  public boolean connectTimedOut() {
    return connectTimedOut;
  }

  /** Called when the call is ended because its response is too slow. */
  void tooSlow() {
    tooSlow = true;
  }

  public boolean wasTooSlow() {
    return tooSlow;
  }

  /** Whether the call made a new connection instead of using an idle one. */
  public boolean connected() {
    return connected;
  }

  /** Whether the call's connection, if any, speaks HTTP/2. */
  public boolean isHttp2() {
    return connection != null && Connections.isHttp2(connection);
  }

  /** Whether the call had no connection to send its request on. */
  public boolean isUnsent() {
    return connection == null;
  }

  /**
   * Whether the call made a TLS connection on which no protocol was agreed (RFC 7301), and got no
   * response on it.
   */
  public boolean isUnheard() {
    Connection made = connected && phase == Phase.RESPONSE && !tooSlow ? connection : null;
    return made != null
        && made.socket() instanceof SSLSocket tls
        && String.valueOf(tls.getApplicationProtocol()).isEmpty();
  }

  /** Whether the call connects to a proxy, whose name it then looks up. */
  public boolean proxied() {
    return proxied;
  }

  /** The last response of the call, without its body; null if there was none. */
  public @Nullable Response response() {
    return lastResponse;
  }

  /** The host of the current URL. */
  public String host() {
    return host;
  }

  /** Sets the address that the call connects to, if it is not that of its URL. */
  public void connectsTo(InetSocketAddress address) {
    target = address;
  }

  /** The port of the current URL. */
  public int port() {
    return port;
  }

  /** Whether the call's connection uses TLS. */
  public boolean isSecure() {
    return secure;
  }

  public @Nullable InetSocketAddress remote() {
    return remote;
  }

  /** Closes the connection to all other calls. */
  public void drop() {
    Connection used = connection;
    if (used != null) {
      Connections.closeToOthers(used);
      if (!Connections.isHttp2(used)) {
        Connections.cancel(used);
      }
    }
  }

  /** How long the attempt's requests have taken, in nanoseconds. */
  public long elapsed() {
    return System.nanoTime() - start;
  }

  /** Returns when each phase ended. */
  public Timings timings(long startEpochMillis) {
    return new Timings(startEpochMillis, namelookup, connect, appconnect, starttransfer, elapsed());
  }

  /** Sets the look-up to give up if the call is cancelled. */
  public void waitsFor(CompletableFuture<List<InetAddress>> started) {
    lookup = started;
    if (isCanceled()) {
      started.cancel(false);
    }
  }

  /**
   * Called if the abandoned look-up was queued behind others, at the limit of concurrent look-ups.
   */
  public void waitedForLookup() {
    phase = Phase.LOOKUP_QUEUE;
  }

  /** Called when the call waits for a file descriptor. */
  public void waitsForDescriptor() {
    phase = Phase.DESCRIPTOR;
  }

  public void hasDescriptor() {
    phase = Phase.CONNECT;
  }

  /** Whether the connecting call is cancelled. */
  public boolean isCanceled() {
    Call call = connecting;
    return call != null && call.isCanceled();
  }

  /** Prepares for the next call of the attempt. */
  public void begin(HttpUrl url) {
    host = url.host();
    port = url.port();
    target = null;
    secure = url.isHttps();
    phase = Phase.RESPONSE;
    connected = false;
    lookup = null;
    connection = null;
    lastResponse = null;
  }

  @Override
  public void callStart(Call call) {
    listener.began(call.request().url());
  }

  @Override
  public void callEnd(Call call) {
    listener.ended(call.request().url());
  }

  @Override
  public void proxySelectStart(Call call, HttpUrl url) {
    phase = Phase.CONNECT;
    startTimer(call);
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    proxied = proxies.getFirst().type() != Proxy.Type.DIRECT;
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    phase = Phase.LOOKUP;
    current.set(this);
  }

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
    namelookup = elapsed();
    phase = Phase.CONNECT;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    connected = true;
    current.set(this);
  }

  @Override
  public void secureConnectStart(Call call) {
    connect = elapsed();
    phase = Phase.HANDSHAKE;
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    appconnect = elapsed();
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    if (phase != Phase.HANDSHAKE) {
      connect = elapsed();
    }
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException failure) {
    InetSocketAddress tried = target;
    remote = tried == null ? ProxyResolvedName.unveil(address) : tried;
  }

  @Override
  public void connectionAcquired(Call call, Connection taken) {
    stopTimer();
    connection = taken;
    listener.acquired(taken, connected);
    remote = listener.peer(taken);
    phase = Phase.RESPONSE;
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    starttransfer = elapsed();
    lastResponse = response;
    phase = Phase.BODY;
    listener.headEnded(response);
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    listener.bodyEnded();
  }

  @Override
  public void callFailed(Call call, IOException failure) {
    stopTimer();
    listener.ended(call.request().url());
    if (connection != null) {
      listener.failed(call, connection);
    }
  }

  /** Called before and after the request is sent. */
  public void sends(boolean begins) {
    sending = begins;
  }

  /**
   * Gives up what the call waits for. If a server reads nothing over HTTP/2, OkHttp would wait
   * without end, reset the stream and leave the connection to others.
   */
  @Override
  public void canceled(Call call) {
    Connection stuck = connection;
    if (sending && stuck != null) {
      Connections.cancel(stuck);
    }
    CompletableFuture<List<InetAddress>> waiting = lookup;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /** Called before the look-up of a name; it may take as long as connecting. */
  public void beginLookup(Call call) {
    phase = Phase.LOOKUP;
    startTimer(call);
  }

  /** Called after the look-up. */
  public void endLookup() {
    stopTimer();
    phase = Phase.RESPONSE;
  }

  private void startTimer(Call call) {
    connecting = call;
    timer = new ConnectTimer(call);
    timer.timeout(connectTimeoutNanos, TimeUnit.NANOSECONDS);
    timer.enter();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.exit();
      timer = null;
    }
  }

  /** Cancels the call if the connection is not ready in time. */
  private final class ConnectTimer extends AsyncTimeout {
    private final Call call;

    ConnectTimer(Call call) {
      this.call = call;
    }

    @Override
    protected void timedOut() {
      connectTimedOut = true;
      call.cancel();
    }
  }
}
