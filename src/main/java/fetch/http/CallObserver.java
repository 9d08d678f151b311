package fetch.http;

import fetch.http.call.CallListener;
import fetch.http.connection.Clients;
import fetch.http.http2.FrameWatch;
import fetch.http.okhttp.Connections;
import fetch.http.reception.Recording;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of an attempt's calls to the clients and the archive, and decides whether their
 * HTTP/2 connections are still usable. For one thread at a time.
 */
final class CallObserver implements CallListener {
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Clients clients;
  private @Nullable Recording recording;
  private @Nullable Connection connection;
  private @Nullable FrameWatch frames;
  private long acquired;

  CallObserver(Clients clients) {
    this.clients = clients;
  }

  /**
   * Prepares for the next call.
   *
   * @param wanted the recording of the call, null for none
   */
  void begin(@Nullable Recording wanted) {
    recording = wanted;
    connection = null;
    frames = null;
  }

  /** The frames of the call's HTTP/2 connection; null if it has none. */
  @Nullable FrameWatch frames() {
    return frames;
  }

  /**
   * Handles a call that ran into a time limit. If its HTTP/2 connection has received nothing
   * lately, for any call, the connection may be dead, and is closed to other calls.
   */
  void timedOut() {
    long now = System.nanoTime();
    long lately = now + Math.max(acquired - now, -SILENCE_NANOS);
    if (connection != null && frames != null && frames.isSilentSince(lately)) {
      Connections.closeToOthers(connection);
    }
  }

  @Override
  public void began(HttpUrl url) {
    clients.http2().begin(url);
  }

  @Override
  public void ended(HttpUrl url) {
    clients.http2().end(url);
  }

  @Override
  public void acquired(Connection taken, boolean isNew) {
    acquired = System.nanoTime();
    connection = taken;
    frames = Connections.isHttp2(taken) ? FrameWatch.of(taken) : null;
    if (isNew) {
      clients.opened(taken);
    }
  }

  @Override
  public InetSocketAddress peer(Connection taken) {
    return clients.peer(taken);
  }

  @Override
  public void headEnded(Response response) {
    if (recording != null) {
      recording.headEnds(response);
    }
  }

  @Override
  public void bodyEnded() {
    if (recording != null) {
      recording.bodyEnds();
    }
  }

  @Override
  public void failed(Call call, Connection broken) {
    clients.failedRoutes().add(call, broken.route());
  }
}
