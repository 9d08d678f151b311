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
 * Passes on how the calls of one attempt go, to the clients and to the archive, and judges their
 * connections of HTTP/2. For one thread at a time.
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
   * @param wanted what records it, null for nothing
   */
  void begin(@Nullable Recording wanted) {
    recording = wanted;
    connection = null;
    frames = null;
  }

  /** The frames of the call's connection of HTTP/2; null when it has none. */
  @Nullable FrameWatch frames() {
    return frames;
  }

  /**
   * Takes account of a call that ran into a time limit. If nothing came to its connection of HTTP/2
   * lately, for whichever call, the connection may be dead, and no other call should try it.
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
    clients.begin(url);
  }

  @Override
  public void ended(HttpUrl url) {
    clients.end(url);
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
