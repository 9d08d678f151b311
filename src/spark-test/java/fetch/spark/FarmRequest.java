package fetch.spark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that {@link HostFarm} was sent; its path says what the response is. */
record FarmRequest(String method, String path) {
  private static final String REDIRECT = "/to/";
  private static final String LENGTH = "content-length:";

  /** Reads a request with its body; null at the end of the connection. */
  static @Nullable FarmRequest read(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine.isEmpty()) {
      return null;
    }
    long length = 0;
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      if (field.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Long.parseLong(field.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(length);
    String[] words = requestLine.split(" ", -1);
    return new FarmRequest(words[0], words[1]);
  }

  /** Empty at the end of a header section, and at that of the connection. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        if (line.isEmpty()) {
          return "";
        }
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  /**
   * The bytes of the response.
   *
   * @param port of all hosts, for redirects
   */
  byte[] response(int port) {
    String body = "this is " + path;
    String head =
        "HTTP/1.1 "
            + status()
            + "\r\nContent-Type: text/plain\r\nContent-Length: "
            + body.length()
            + location(port)
            + "\r\n\r\n";
    return (method.equals("HEAD") ? head : head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String status() {
    if (path.startsWith("/missing")) {
      return "404 Not Found";
    }
    if (path.startsWith("/broken")) {
      return "503 Service Unavailable";
    }
    return path.startsWith(REDIRECT) ? "302 Found" : "200 OK";
  }

  /** {@code /to/N/PATH} redirects to that path of the host 127.0.0.N. */
  private String location(int port) {
    if (!path.startsWith(REDIRECT)) {
      return "";
    }
    int slash = path.indexOf('/', REDIRECT.length());
    String host = path.substring(REDIRECT.length(), slash);
    return "\r\nLocation: http://127.0.0." + host + ":" + port + path.substring(slash);
  }
}
