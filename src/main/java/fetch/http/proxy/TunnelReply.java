package fetch.http.proxy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the proxy's bytes of a connection: its response to CONNECT, then the content of the tunnel.
 * OkHttp accepts 200 only, and waits for a body if there is a Content-Length. This stream replaces
 * any 2xx by a plain 200, skips interim responses, and fails for 101 and all others (RFC 9110,
 * section 9.3.6). For one thread.
 */
public final class TunnelReply extends FilterInputStream {
  private static final int MOST_IN_HEADER = 256 * 1024;
  private static final byte[] OPEN = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LEAST_STATUS_LINE = 12;
  private static final int STATUS = 9;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int MOST_QUOTED = 80;

  private final InputStream reply = new ByteArrayInputStream(OPEN);
  private boolean open;
  private int read;

  public TunnelReply(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    awaitOpen();
    int first = reply.read();
    return first >= 0 ? first : in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    awaitOpen();
    int n = reply.read(bytes, offset, length);
    return n >= 0 ? n : in.read(bytes, offset, length);
  }

  /** Reads the response to CONNECT, unless already read. */
  void awaitOpen() throws IOException {
    while (!open) {
      String line = statusLine();
      int status = Integer.parseInt(line.substring(STATUS, LEAST_STATUS_LINE));
      skipFields();
      if (status >= 300 || status == SWITCHING_PROTOCOLS) {
        String shown = line.substring(STATUS, Math.min(line.length(), MOST_QUOTED)).strip();
        throw new TunnelRefusal(status, "opened no tunnel: " + shown);
      }
      open = status >= 200;
    }
  }

  private String statusLine() throws IOException {
    String line = line();
    boolean valid =
        line.length() >= LEAST_STATUS_LINE && line.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?");
    if (!valid) {
      throw new TunnelRefusal(0, "sent a response to CONNECT that is not HTTP");
    }
    return line;
  }

  private void skipFields() throws IOException {
    while (!line().isEmpty()) {
      // Content-Length, Transfer-Encoding and all other fields mean nothing here
    }
  }

  /** Reads byte by byte, because the tunnel begins right after the header section. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new TunnelRefusal(
            0,
            read == 0
                ? "closed the connection without a response to CONNECT"
                : "closed the connection inside its response to CONNECT");
      }
      if (++read > MOST_IN_HEADER) {
        throw new TunnelRefusal(0, "sent a response to CONNECT with more than 256 KiB of headers");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
