package fetch.cli;

import fetch.http.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/** Serves texts by their path, and 404 for what it does not have. */
final class ListServer implements AutoCloseable {
  private final Map<String, byte[]> responses = new ConcurrentHashMap<>();
  private final RawServer server;

  ListServer() throws IOException {
    server = RawServer.start(this::serve);
  }

  private void serve(RawServer.Connection connection) throws IOException {
    for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
      byte[] none =
          "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      connection.send(responses.getOrDefault(head.split(" ", 3)[1], none));
    }
  }

  void put(String path, String text) {
    put(path, text.getBytes(StandardCharsets.UTF_8), "");
  }

  void putCompressed(String path, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    put(path, bytes.toByteArray(), "");
  }

  /**
   * Puts any bytes.
   *
   * @param headers further header fields, each with its line end
   */
  void put(String path, byte[] body, String headers) {
    String head = "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n";
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    response.writeBytes(body);
    responses.put(path, response.toByteArray());
  }

  void putResponse(String path, String response) {
    responses.put(path, response.getBytes(StandardCharsets.UTF_8));
  }

  String url(String path) {
    return server.url(path);
  }

  /** The header sections of all requests, in order. */
  List<String> requests() {
    return server.requests();
  }

  /** How many requests there were for a path. */
  long requests(String path) {
    return requests().stream().filter(head -> head.split(" ", 3)[1].equals(path)).count();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
