package fetch.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web site on loopback that does what the path of a request says: {@code /after/MILLIS/...},
 * {@code /status/N}, {@code /moved/NAME}, {@code /to/URL}, {@code /brotli/MEGABYTES}, {@code
 * /silent}, {@code /drip}, {@code /endless}, {@code /hangup}, {@code /gate/...} once the gate is
 * open, {@code /busy/TIMES/...} with 503 so many times, {@code /atmost/N/MILLIS/...} with 503 while
 * more requests than that are in flight, {@code /later/SECONDS/...} with 429 once; everything else
 * is answered with the path itself.
 */
final class Site implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int MOST_KEPT = 1000;
  private static final int DRIP_MILLIS = 100;
  private static final int DEADLINE_SECONDS = 30;

  private final ServerSocket socket;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final Map<String, Integer> visits = new ConcurrentHashMap<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Semaphore arrivals = new Semaphore(0);
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  Site() throws IOException {
    this("127.0.0.1");
  }

  /**
   * @param address of loopback
   */
  Site(String address) throws IOException {
    socket = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(address));
    Thread.ofPlatform().daemon().name("site").start(this::acceptAll);
  }

  /** A site at 127.0.0.1, for fields with {@code @AutoClose}. */
  static Site open() {
    try {
      return new Site();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url(String path) {
    return "http://" + socket.getInetAddress().getHostAddress() + ":" + port() + path;
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The address of a path on another host that leads here, if this site is at all addresses. */
  String url(String host, String path) {
    return "http://" + host + ":" + port() + path;
  }

  void openGate() {
    gate.countDown();
  }

  /** Waits until so many more requests have arrived. */
  void awaitRequests(int count) throws InterruptedException {
    if (!arrivals.tryAcquire(count, DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("fewer than " + count + " requests arrived");
    }
  }

  /** Waits for one more request; false when none comes in time. */
  boolean anotherArrivesWithin(Duration time) throws InterruptedException {
    return arrivals.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for none of the requests that have arrived. */
  void forgetArrivals() {
    arrivals.drainPermits();
  }

  /** How many requests have arrived. */
  int total() {
    return kept.get();
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  /** The header sections of the first requests that came. */
  Queue<String> requests() {
    return requests;
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream());
      for (String request = read(in); !request.isEmpty(); request = read(in)) {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        if (kept.incrementAndGet() <= MOST_KEPT) {
          requests.add(request);
        }
        arrivals.release();
        try {
          answer(request.split(" ", 3)[1], out);
        } finally {
          inFlight.decrementAndGet();
        }
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, which is its good right.
    } finally {
      open.remove(connection);
    }
  }

  /** Reads one header section, empty at the end. */
  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      text.append((char) c);
      if (c == '\n' && text.length() > 3 && text.charAt(text.length() - 3) == '\n') {
        return text.toString();
      }
    }
    return "";
  }

  private void answer(String path, OutputStream out) throws IOException, InterruptedException {
    if (!path.startsWith("/")) {
      proxy(path, out);
      return;
    }
    String[] words = path.split("/", -1);
    switch (words[1]) {
      case "after" -> {
        pause(Long.parseLong(words[2]));
        send("200 OK", path, out);
      }
      case "status" -> send(words[2] + " As Asked", path, out);
      case "gate" -> {
        gate.await();
        send("200 OK", path, out);
      }
      case "busy" -> {
        boolean busy = visits.merge(path, 1, Integer::sum) <= Integer.parseInt(words[2]);
        send(busy ? "503 Busy" : "200 OK", path, out);
      }
      case "atmost" -> {
        boolean busy = inFlight.get() > Integer.parseInt(words[2]);
        pause(busy ? 0 : Long.parseLong(words[3]));
        send(busy ? "503 Busy" : "200 OK", path, out);
      }
      case "later" -> {
        boolean first = visits.merge(path, 1, Integer::sum) == 1;
        send(first ? "429 Later\r\nRetry-After: " + words[2] : "200 OK", path, out);
      }
      case "silent" -> closed.await();
      case "drip" -> drip(out);
      case "endless" -> endless(out);
      case "brotli" -> brotli(Integer.parseInt(words[2]), out);
      case "moved" -> move("/" + words[2], out);
      case "to" -> move(path.substring("/to/".length()), out);
      case "hangup" -> throw new IOException("hanging up");
      default -> send("200 OK", path, out);
    }
  }

  /** Stands in for every http server there may be, and for no https server. */
  private static void proxy(String url, OutputStream out) throws IOException {
    if (!url.startsWith("http://")) {
      throw new IOException("hanging up");
    }
    send("200 OK", url, out);
  }

  private void pause(long millis) throws InterruptedException {
    closed.await(millis, TimeUnit.MILLISECONDS);
  }

  private static void send(String status, String path, OutputStream out) throws IOException {
    byte[] body = path.getBytes(StandardCharsets.US_ASCII);
    out.write(
        ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(body);
  }

  private static void move(String path, OutputStream out) throws IOException {
    String head = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + path + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends zeros as Brotli (RFC 7932) that has the largest window and compresses nothing. */
  private static void brotli(int megabytes, OutputStream out) throws IOException {
    byte[] block = new byte[1 << 20];
    int blockHeader = 1 << 1 | (block.length - 1) << 3 | 1 << 23;
    out.write("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n".getBytes(StandardCharsets.UTF_8));
    String length = "Content-Length: " + (megabytes * (block.length + 3) + 2) + "\r\n\r\n";
    out.write(length.getBytes(StandardCharsets.UTF_8));
    int windowBits = 0b1111;
    out.write((blockHeader << 4 | windowBits) & 0xff);
    out.write(blockHeader >> 4);
    out.write(blockHeader >> 12);
    out.write(blockHeader >> 20);
    out.write(block);
    for (int n = 1; n < megabytes; n++) {
      out.write(blockHeader);
      out.write(blockHeader >> 8);
      out.write(blockHeader >> 16);
      out.write(block);
    }
    out.write(0b11);
  }

  private void drip(OutputStream out) throws IOException, InterruptedException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    while (closed.getCount() > 0) {
      out.write('.');
      out.flush();
      pause(DRIP_MILLIS);
    }
  }

  private void endless(OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    byte[] block = new byte[16 * 1024];
    while (closed.getCount() > 0) {
      out.write(block);
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    openGate();
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
