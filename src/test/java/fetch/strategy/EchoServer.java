package fetch.strategy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 server that keeps connections and names the path of each request in its Content-Type;
 * the body has a byte for each character of the path.
 */
final class EchoServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  EchoServer() throws IOException {
    listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("echo-server").start(this::listen);
  }

  String url(String path) {
    return "http://127.0.0.1:" + listener.getLocalPort() + path;
  }

  /** How many connections there were. */
  int accepted() {
    return accepted.get();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        accepted.incrementAndGet();
        connections.add(connection);
        Thread.startVirtualThread(() -> serve(connection));
      } catch (IOException e) {
        // Closed, or a client that has gone already.
      }
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (String path = path(in); path != null; path = path(in)) {
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: echo%s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, path.length());
        out.write((head + path).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** The path of the next request, null when there is none. */
  private static String path(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine.isEmpty()) {
      return null;
    }
    String header = requestLine;
    while (!header.isEmpty()) {
      header = line(in);
    }
    int start = requestLine.indexOf(' ') + 1;
    return requestLine.substring(start, requestLine.indexOf(' ', start));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
