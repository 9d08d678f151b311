package fetch.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses any number of consecutive gzip members (RFC 1952, section 2.2), even empty ones.
 * Zero bytes may follow the last one, as on tapes and in {@code gzip}. Other bytes are an error,
 * since they may be part of the list. For one thread.
 */
final class GzipMembers extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] single = new byte[1];
  private int start;
  private int end;
  private boolean begun;
  private boolean inMember;

  /**
   * @param in begins with a member; closed with this
   */
  GzipMembers(InputStream in) {
    this.in = in;
  }

  /** Whether these are the first bytes of gzip. */
  static boolean isMagic(int first, int second) {
    return first == MAGIC_1 && second == MAGIC_2;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || begin()) {
      int read = inflate(bytes, offset, length);
      if (read > 0) {
        return read;
      }
    }
    return -1;
  }

  /** Reads the header of the next member; false if there is none. */
  private boolean begin() throws IOException {
    while (begun && (start < end || fill()) && buffer[start] == 0) {
      start++;
    }
    if (begun && start == end) {
      return false;
    }
    if (!isMagic(next(), next())) {
      throw new IOException("the data after the gzip stream is not gzip");
    }
    readHeader();
    begun = true;
    inMember = true;
    checksum.reset();
    inflater.reset();
    return true;
  }

  private void readHeader() throws IOException {
    if (next() != DEFLATE) {
      throw damaged(null);
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int character = next();
    while (character != 0) {
      character = next();
    }
  }

  /** Decompresses some bytes of the member; 0 at its end. */
  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      while (true) {
        int read = inflater.inflate(bytes, offset, length);
        if (read > 0) {
          checksum.update(bytes, offset, read);
          return read;
        }
        if (inflater.finished()) {
          finish();
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw damaged(null);
        }
        need();
        inflater.setInput(buffer, start, end - start);
        start = end;
      }
    } catch (DataFormatException e) {
      throw damaged(e);
    }
  }

  /** Checks the checksum and length at the end of a member. */
  private void finish() throws IOException {
    start = end - inflater.getRemaining();
    long length = inflater.getBytesWritten() & 0xffffffffL;
    if (number() != checksum.getValue() || number() != length) {
      throw damaged(null);
    }
    inMember = false;
  }

  private long number() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    need();
    return buffer[start++] & 0xff;
  }

  private void need() throws IOException {
    if (start == end && !fill()) {
      throw new IOException("the gzip data ends early; the list is incomplete");
    }
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    start = 0;
    end = Math.max(read, 0);
    return end > 0;
  }

  private static IOException damaged(@Nullable Throwable cause) {
    return new IOException("the gzip data is damaged", cause);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
