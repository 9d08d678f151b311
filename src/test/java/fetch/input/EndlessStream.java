package fetch.input;

import java.io.InputStream;
import java.util.Arrays;

/** The same bytes over and over, more than memory could hold. */
final class EndlessStream extends InputStream {
  private final byte[] pattern;
  private final long size;
  private long position;

  EndlessStream(long size, byte... pattern) {
    this.size = size;
    this.pattern = pattern;
  }

  /** How much was read up to now. */
  long position() {
    return position;
  }

  @Override
  public int read() {
    return position < size ? pattern[(int) (position++ % pattern.length)] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int count = (int) Math.min(length, size - position);
    if (pattern.length == 1) {
      Arrays.fill(bytes, offset, offset + count, pattern[0]);
      position += count;
    } else {
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = (byte) read();
      }
    }
    return count == 0 ? -1 : count;
  }
}
