package fetch.http.wire;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import okhttp3.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bytes of an HTTP/1.x connection to a listener, in both directions. For one thread that
 * reads and one that writes.
 */
public final class WireTap extends FilterInputStream {
  /** Receives bytes, which it must not change or keep. */
  public interface Listener {
    void sent(byte[] bytes, int offset, int length);

    void received(byte[] bytes, int offset, int length);
  }

  private volatile @Nullable Listener listener;

  public WireTap(InputStream in) {
    super(in);
  }

  /** The tap of a connection, null if it has none. */
  public static @Nullable WireTap of(Connection connection) throws IOException {
    return connection.socket().getInputStream() instanceof WireTap tap ? tap : null;
  }

  /** Wraps the connection's output. */
  public OutputStream over(OutputStream out) {
    return new Output(out);
  }

  public void showTo(Listener wanted) {
    listener = wanted;
  }

  /** Removes a listener. */
  public void end(Listener served) {
    if (served.equals(listener)) {
      listener = null;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    Listener current = listener;
    if (current != null && n > 0) {
      current.received(bytes, offset, n);
    }
    return n;
  }

  /** Shows bytes before they are sent, and so before a response to them. */
  private final class Output extends FilterOutputStream {
    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Listener current = listener;
      if (current != null) {
        current.sent(bytes, offset, length);
      }
      out.write(bytes, offset, length);
    }
  }
}
