package fetch.warc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the complete lines of a file, with their line ends. An unterminated last line is ignored.
 */
final class CompleteLineReader {
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private byte[] block = new byte[64 * 1024];
  private int at;
  private int end;

  CompleteLineReader(InputStream in) {
    this.in = in;
  }

  byte @Nullable [] next() throws IOException {
    line.reset();
    while (at < end || fill()) {
      int start = at;
      while (at < end && block[at] != '\n') {
        at++;
      }
      boolean whole = at < end;
      at += whole ? 1 : 0;
      line.write(block, start, at - start);
      if (whole) {
        return line.toByteArray();
      }
    }
    return null;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = in.read(block);
    return end > 0;
  }
}
