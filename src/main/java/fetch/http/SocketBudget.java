package fetch.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets, so many at a time. Who wants one more waits until another is closed, and has idle
 * connections closed to that end: running out of file descriptors is a reason to wait, never a
 * reason for a URL to fail. Safe for many threads.
 */
final class SocketBudget extends SocketFactory {
  private static final long RETRY_MILLIS = 20;

  private final Semaphore permits;
  private final Runnable closeIdle;

  @SuppressWarnings("ThreadLocalUsage") // there is one of these in a run
  private final ThreadLocal<@Nullable CallEvents> caller = new ThreadLocal<>();

  /**
   * @param most how many sockets may be open at once
   * @param closeIdle closes connections that nobody uses
   */
  SocketBudget(int most, Runnable closeIdle) {
    this.permits = new Semaphore(most);
    this.closeIdle = closeIdle;
  }

  /** Says for which call the calling thread makes a socket next, so that its end ends the wait. */
  void announce(CallEvents events) {
    caller.set(events);
  }

  @Override
  public Socket createSocket() throws IOException {
    CallEvents events = caller.get();
    caller.remove();
    if (!permits.tryAcquire()) {
      await(events);
    }
    return new Counted(events != null && events.startsWithFrames());
  }

  private void await(@Nullable CallEvents events) throws SocketException {
    if (events != null) {
      events.waitsForDescriptor();
    }
    try {
      do {
        closeIdle.run();
        if (events != null && events.isCanceled()) {
          throw new SocketException("given up waiting for a socket");
        }
      } while (!permits.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted while waiting for a socket");
    }
    if (events != null) {
      events.hasDescriptor();
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  /** Gives its permit back when it is closed. */
  private final class Counted extends Socket {
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final boolean framed;

    Counted(boolean framed) {
      this.framed = framed;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream in = super.getInputStream();
      return framed ? new FrameWatch(in) : in;
    }

    /** What is written goes out at once: otherwise TLS handshakes wait 40 ms for an ACK. */
    @Override
    public void connect(SocketAddress server, int timeoutMillis) throws IOException {
      super.connect(server, timeoutMillis);
      setTcpNoDelay(true);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        if (open.compareAndSet(true, false)) {
          permits.release();
        }
      }
    }
  }
}
