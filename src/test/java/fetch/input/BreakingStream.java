package fetch.input;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Some bytes, then an error. */
final class BreakingStream extends InputStream {
  private final InputStream bytes;
  private final IOException failure;
  private boolean closed;

  BreakingStream(String text) {
    this(text, new EOFException("the disk has a hole here"));
  }

  BreakingStream(String text, IOException failure) {
    this.failure = failure;
    this.bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  boolean closed() {
    return closed;
  }

  @Override
  public int read() throws IOException {
    int b = bytes.read();
    if (b < 0) {
      throw failure;
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = bytes.read(buffer, offset, length);
    if (count < 0) {
      throw failure;
    }
    return count;
  }

  @Override
  public void close() {
    closed = true;
  }
}
