package fetch.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves the addresses 127.0.0.1 to 127.0.0.60, each as a host of its own, and counts what it is
 * sent. On plain sockets, so that a list of 20,000 URLs takes it a few seconds.
 */
final class HostFarm implements AutoCloseable {
  private static final int HOSTS = 60;
  private static final int TRIES = 20;
  private static final int BACKLOG = 1024;
  private static final long SLOW_MILLIS = 250;

  private final List<ServerSocket> listeners;
  private final int port;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private volatile Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
  private final Map<String, Integer> mostInFlight = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> byUrl = new ConcurrentHashMap<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Duration delay = Duration.ZERO;

  HostFarm() throws IOException {
    listeners = listeners();
    port = listeners.getFirst().getLocalPort();
    for (ServerSocket listener : listeners) {
      Thread.startVirtualThread(() -> accept(listener));
    }
  }

  /** One for each host, all with the same port; another program may have it at some hosts. */
  private static List<ServerSocket> listeners() throws IOException {
    BindException taken = new BindException("no port is free at all hosts");
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<ServerSocket> bound = new ArrayList<>();
      try {
        for (int host = 1; host <= HOSTS; host++) {
          ServerSocket listener = new ServerSocket();
          bound.add(listener);
          int port = bound.getFirst().getLocalPort();
          listener.bind(new InetSocketAddress(address(host), Math.max(0, port)), BACKLOG);
        }
        return bound;
      } catch (BindException e) {
        taken.addSuppressed(e);
        for (ServerSocket listener : bound) {
          listener.close();
        }
      }
    }
    throw taken;
  }

  private static InetAddress address(int host) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
  }

  /** A URL of the host 127.0.0.N. */
  String url(int host, String path) {
    return "http://127.0.0." + host + ":" + port + path;
  }

  private void accept(ServerSocket listener) {
    String host = listener.getInetAddress().getHostAddress();
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        connections.add(connection);
        Thread.startVirtualThread(() -> serve(connection, host));
      } catch (IOException e) {
        // It is closed, or the client has gone already.
      }
    }
  }

  private void serve(Socket connection, String host) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (FarmRequest next = FarmRequest.read(in); next != null; next = FarmRequest.read(in)) {
        take(host, next.path());
        connection.getOutputStream().write(next.response(port));
      }
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /** Counts a request, and returns when its response may begin. */
  private void take(String host, String path) throws InterruptedException {
    requests.incrementAndGet();
    byUrl.computeIfAbsent(host + path, _ -> new AtomicInteger()).incrementAndGet();
    AtomicInteger ofHost = inFlight.computeIfAbsent(host, _ -> new AtomicInteger());
    mostInFlight.merge(host, ofHost.incrementAndGet(), Math::max);
    try {
      if (path.startsWith("/held")) {
        gate.await();
      }
      if (path.startsWith("/slow")) {
        boolean _ = gate.await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (!delay.isZero()) {
        LockSupport.parkNanos(delay.toNanos());
      }
    } finally {
      ofHost.decrementAndGet(); // before the client can send its next request
    }
  }

  /** Holds responses to {@code /held} until {@link #release}, and to {@code /slow} for a while. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  /** Makes the server take this time for each response that it begins from now on. */
  void delay(Duration time) {
    delay = time;
  }

  /** Counts the requests in flight as over: their client was killed. */
  void forgetInFlight() {
    inFlight = new ConcurrentHashMap<>();
  }

  long requests() {
    return requests.get();
  }

  /** How often a URL was requested. */
  int requests(int host, String path) {
    AtomicInteger count = byUrl.get("127.0.0." + host + path);
    return count == null ? 0 : count.get();
  }

  /** How many URLs were requested more than once. */
  long repeated() {
    return byUrl.values().stream().filter(count -> count.get() > 1).count();
  }

  /** The most requests that a host had in flight at a time. */
  int mostInFlight(int host) {
    return mostInFlight.getOrDefault("127.0.0." + host, 0);
  }

  @Override
  public void close() throws IOException {
    gate.countDown();
    for (ServerSocket listener : listeners) {
      listener.close();
    }
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
