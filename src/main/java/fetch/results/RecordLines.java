package fetch.results;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file of records; each record is one line. For one thread. */
final class RecordLines implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Far longer than any record of fetch. */
  private static final int MOST_BYTES = 512 << 20;

  private final InputStream in;
  private byte[] bytes = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private long number;
  private boolean exhausted;

  RecordLines(InputStream in) {
    this.in = in;
  }

  /** The next line without its line end; null at the end. An unterminated last line is ignored. */
  byte @Nullable [] next() throws IOException {
    int at = start;
    while (true) {
      while (at < end && bytes[at] != '\n') {
        at++;
      }
      if (at < end) {
        byte[] line = Arrays.copyOfRange(bytes, start, at);
        start = at + 1;
        number++;
        return line;
      }
      at -= start;
      if (!fill()) {
        return null;
      }
    }
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      end -= start;
      start = 0;
    }
    if (exhausted) {
      return false;
    }
    if (end >= MOST_BYTES) {
      throw new IOException("line " + (number + 1) + " is longer than " + MOST_BYTES + " bytes");
    }
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * end);
    }
    int read = in.read(bytes, end, bytes.length - end);
    exhausted = read < 0;
    end += Math.max(0, read);
    return !exhausted;
  }

  /** The number of the last line, from 1. */
  long number() {
    return number;
  }

  /** The length of an unterminated last line, once all lines were read. */
  int torn() {
    return end - start;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
