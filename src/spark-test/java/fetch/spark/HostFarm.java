package fetch.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Serves every loopback address as a host of its own, and counts what it is sent. */
final class HostFarm implements AutoCloseable {
  private static final long SLOW_MILLIS = 250;

  private final HttpServer server;
  private final AtomicLong requests = new AtomicLong();
  private volatile Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
  private final Map<String, Integer> mostInFlight = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> byUrl = new ConcurrentHashMap<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Duration delay = Duration.ZERO;

  HostFarm() throws IOException {
    server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 1024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** A URL of the host 127.0.0.N. */
  String url(int host, String path) {
    return "http://127.0.0." + host + ":" + server.getAddress().getPort() + path;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String host = exchange.getLocalAddress().getAddress().getHostAddress();
    String path = exchange.getRequestURI().getPath();
    requests.incrementAndGet();
    byUrl.computeIfAbsent(host + path, _ -> new AtomicInteger()).incrementAndGet();
    AtomicInteger ofHost = inFlight.computeIfAbsent(host, _ -> new AtomicInteger());
    mostInFlight.merge(host, ofHost.incrementAndGet(), Math::max);
    try {
      if (path.startsWith("/held")) {
        gate.await();
      }
      if (path.startsWith("/slow")) {
        gate.await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
      }
      LockSupport.parkNanos(delay.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ofHost.decrementAndGet(); // before the client can send its next request
    }
    try (exchange) {
      respond(exchange, path);
    }
  }

  private static void respond(HttpExchange exchange, String path) throws IOException {
    byte[] body = ("this is " + path).getBytes(StandardCharsets.UTF_8);
    int status = path.startsWith("/missing") ? 404 : path.startsWith("/broken") ? 503 : 200;
    if (path.startsWith("/to/")) {
      int slash = path.indexOf('/', 4);
      String target =
          "http://127.0.0."
              + path.substring(4, slash)
              + ":"
              + exchange.getLocalAddress().getPort()
              + path.substring(slash);
      exchange.getResponseHeaders().add("Location", target);
      status = 302;
    }
    exchange.getResponseHeaders().add("Content-Type", "text/plain");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
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
  public void close() {
    gate.countDown();
    server.stop(0);
  }
}
