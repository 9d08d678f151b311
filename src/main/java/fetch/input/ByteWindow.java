package fetch.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a stream that were read but not consumed. For one thread. */
final class ByteWindow implements Closeable {
  private final InputStream in;
  private boolean exhausted;

  /** Valid from {@link #start} to {@link #end}. */
  byte[] bytes;

  int start;
  int end;

  /**
   * @param length in bytes; doubles when a line or row needs more
   */
  ByteWindow(InputStream in, int length) {
    this.in = in;
    this.bytes = new byte[length];
  }

  /** The number of bytes available. */
  int size() {
    return end - start;
  }

  /** Reads more and moves the bytes to the beginning of the array; false at the end of input. */
  boolean fill() throws IOException {
    System.arraycopy(bytes, start, bytes, 0, size());
    end -= start;
    start = 0;
    if (exhausted) {
      return false;
    }
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * end);
    }
    int read = in.read(bytes, end, bytes.length - end);
    exhausted = read < 0;
    end += Math.max(read, 0);
    return !exhausted;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
