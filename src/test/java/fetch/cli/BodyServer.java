package fetch.cli;

import fetch.http.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the bodies of requests, and answers 200; {@code /STATUS/...} redirects to the same path
 * without it.
 */
final class BodyServer implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final RawServer server;

  BodyServer() throws IOException {
    server = RawServer.start(this::serve);
  }

  private void serve(RawServer.Connection connection) throws IOException {
    for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
      bodies.add(new String(connection.readBody(head), StandardCharsets.UTF_8));
      String path = head.split(" ", 3)[1];
      connection.send(
          path.matches("/3\\d\\d/.*")
              ? "HTTP/1.1 "
                  + path.substring(1, 4)
                  + " Moved\r\nContent-Length: 0\r\nLocation: "
                  + path.substring(4)
                  + "\r\n\r\n"
              : OK);
    }
  }

  String url(String path) {
    return server.url(path);
  }

  /** The header sections of all requests, in order. */
  List<String> requests() {
    return server.requests();
  }

  /** The bodies of all requests, in order. */
  List<String> bodies() {
    return bodies;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
