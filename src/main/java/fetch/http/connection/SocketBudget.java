package fetch.http.connection;

import fetch.http.call.CallEvents;
import fetch.http.call.ConnectExhaustion;
import fetch.http.call.CurrentCall;
import fetch.http.call.ProxyResolvedName;
import fetch.http.http2.FrameWatch;
import fetch.http.proxy.ConnectingProxy;
import fetch.http.proxy.TunnelReply;
import fetch.http.wire.PacedStreams;
import fetch.http.wire.WireTap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Creates sockets, as many at a time as there are file descriptors. If none is free, waits until a
 * socket is closed, and has idle connections closed. A lack of file descriptors causes a wait and
 * never fails a URL. Safe for many threads.
 */
final class SocketBudget extends UnconnectedSockets {
  private static final long RETRY_MILLIS = 20;

  private final boolean taps;
  private final DescriptorPool pool;
  private final CurrentCall current;
  private final boolean priorKnowledge;
  private final Dialer dialer;

  /**
   * @param pool of the descriptors that sockets take
   * @param current the call that a socket is for, whose end ends the wait
   * @param priorKnowledge whether HTTP/2 is spoken without TLS
   * @param taps whether the traffic of the sockets can be recorded
   * @param dialer where sockets connect
   */
  SocketBudget(
      DescriptorPool pool,
      CurrentCall current,
      boolean priorKnowledge,
      boolean taps,
      Dialer dialer) {
    this.pool = pool;
    this.current = current;
    this.priorKnowledge = priorKnowledge;
    this.taps = taps;
    this.dialer = dialer;
  }

  /** Creates sockets through a proxy. */
  SocketBudget through(ConnectingProxy proxy) {
    return new SocketBudget(pool, current, priorKnowledge, taps, dialer.through(proxy));
  }

  @Override
  public Socket createSocket() throws IOException {
    CallEvents events = current.take();
    Content content = contentFor(events);
    try {
      if (pool.take(0)) {
        Socket socket = open(content, events);
        if (socket != null) {
          return socket;
        }
      }
      return await(content, events);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted while waiting for a socket");
    }
  }

  private Content contentFor(@Nullable CallEvents events) {
    if (events == null) {
      return Content.ANYTHING;
    }
    if (events.isSecure()) {
      return events.proxied() ? Content.TUNNEL : Content.ANYTHING;
    }
    return priorKnowledge ? Content.FRAMES : Content.ANYTHING;
  }

  private Socket await(Content content, @Nullable CallEvents events)
      throws IOException, InterruptedException {
    if (events != null) {
      events.waitsForDescriptor();
    }
    Socket socket = null;
    while (socket == null) {
      pool.closeIdle();
      if (events != null && events.isCanceled()) {
        throw new SocketException("given up waiting for a socket");
      }
      if (pool.take(RETRY_MILLIS)) {
        socket = open(content, events);
        if (socket == null) {
          TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
      }
    }
    if (events != null) {
      events.hasDescriptor();
    }
    return socket;
  }

  /** Uses a permit for a socket; returns it, and null, if the system has no descriptor. */
  private @Nullable Socket open(Content content, @Nullable CallEvents events) throws IOException {
    Counted socket = new Counted(content, events);
    try {
      socket.open();
      return socket;
    } catch (SocketException e) {
      socket.close();
      if (ConnectExhaustion.isBehind(e, null)) {
        return null;
      }
      throw e;
    }
  }

  /** The kinds of traffic that are checked here. */
  private enum Content {
    ANYTHING,
    FRAMES,
    TUNNEL
  }

  /** A socket that returns its permit when it is closed. */
  private final class Counted extends Socket {
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Content content;
    private final @Nullable PacedStreams pace = dialer.pace();
    private @Nullable CallEvents events;
    private @Nullable InetSocketAddress target;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable FrameWatch frames;
    private @Nullable WireTap tap;
    private @Nullable TunnelReply tunnel;

    Counted(Content content, @Nullable CallEvents events) {
      this.content = content;
      this.events = events;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream watched = tunnel != null ? tunnel : frames == null ? tap : frames;
      return watched == null ? in() : watched;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream watched = frames == null ? out() : frames.over(out());
      return tap == null ? watched : tap.over(watched);
    }

    private InputStream in() throws IOException {
      if (in == null) {
        in = pace == null ? super.getInputStream() : pace.over(super.getInputStream());
      }
      return in;
    }

    private OutputStream out() throws IOException {
      if (out == null) {
        out = pace == null ? super.getOutputStream() : pace.over(super.getOutputStream());
      }
      return out;
    }

    /** The server, even if this socket leads to a proxy. */
    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
      return target == null ? super.getRemoteSocketAddress() : target;
    }

    /**
     * Takes a descriptor, as Java does only at the first use. Sends output at once: otherwise TLS
     * handshakes wait 40 ms for an ACK.
     */
    void open() throws SocketException {
      setTcpNoDelay(true);
    }

    @Override
    public void connect(SocketAddress server, int timeoutMillis) throws IOException {
      checkWanted();
      InetSocketAddress wanted = dialer.target((InetSocketAddress) server, events);
      InetSocketAddress firstHop = dialer.firstHop(wanted, events);
      InetSocketAddress source = dialer.source(firstHop);
      events = null;
      if (source != null) {
        bind(source);
      }
      try {
        super.connect(firstHop, timeoutMillis);
      } catch (IOException e) {
        throw dialer.failure(e, firstHop);
      }
      dialer.goOn(in(), out(), wanted);
      target = ProxyResolvedName.unveil(wanted);
      frames = content == Content.FRAMES ? new FrameWatch(in()) : null;
      tap = taps && content != Content.FRAMES ? new WireTap(in()) : null;
      tunnel = content == Content.TUNNEL ? new TunnelReply(in()) : null;
    }

    /** OkHttp does not close a socket if the call is cancelled just before it gets it. */
    private void checkWanted() throws SocketException {
      if (events != null && events.isCanceled()) {
        throw new SocketException("given up before it was connected");
      }
    }

    @Override
    public void close() throws IOException {
      if (pace != null) {
        pace.close();
      }
      try {
        super.close();
      } finally {
        if (open.compareAndSet(true, false)) {
          pool.giveBack();
        }
      }
    }
  }
}
