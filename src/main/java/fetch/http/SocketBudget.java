package fetch.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/**
 * Makes sockets, so many at a time. Who wants one more waits until another is closed, and has idle
 * connections closed to that end: running out of file descriptors is a reason to wait, never a
 * reason for a URL to fail. Safe for many threads.
 */
final class SocketBudget extends SocketFactory {
  private static final long RETRY_MILLIS = 20;

  private final Semaphore permits;
  private final Runnable closeIdle;

  /**
   * @param most how many sockets may be open at once
   * @param closeIdle closes connections that nobody uses
   */
  SocketBudget(int most, Runnable closeIdle) {
    this.permits = new Semaphore(most);
    this.closeIdle = closeIdle;
  }

  @Override
  public Socket createSocket() throws IOException {
    try {
      while (!permits.tryAcquire()) {
        closeIdle.run();
        if (permits.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted while waiting for a socket");
    }
    return new Counted();
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
