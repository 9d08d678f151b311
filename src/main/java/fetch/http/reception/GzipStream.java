package fetch.http.reception;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decodes gzip (RFC 1952), which may have several members. The JDK's decoder recurses for each
 * empty member, so that 20,000 of them overflow the stack; this one loops. Ignores bytes after the
 * last member, like gzip and curl. For one thread.
 */
final class GzipStream extends InputStream {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** The time, compression level and system in the header of a member. */
  private static final int UNUSED_BYTES = 6;

  private static final int BUFFER_BYTES = 8 * 1024;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private boolean inMember;
  private boolean ended;

  /** Reads the header of the first member. */
  GzipStream(InputStream in) throws IOException {
    this.in = in;
    if (!beginMember()) {
      throw new ZipException("not in gzip format");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || (!ended && beginMember())) {
      int n = inflate(bytes, offset, length);
      if (n > 0) {
        crc.update(bytes, offset, n);
        return n;
      }
      if (inflater.finished()) {
        endMember();
      }
    }
    ended = true;
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    if (inflater.needsInput() && !inflater.finished()) {
      require(1);
      inflater.setInput(input, start, end - start);
      start = end;
    }
    try {
      int n = inflater.inflate(bytes, offset, length);
      if (n == 0 && inflater.needsDictionary()) {
        throw new ZipException("the data need a dictionary");
      }
      return n;
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage());
    }
  }

  /** Checks the trailer of a member. */
  private void endMember() throws IOException {
    start = end - inflater.getRemaining();
    long expected = crc.getValue();
    boolean intact =
        expected == littleEndian(4)
            && (inflater.getBytesWritten() & 0xffffffffL) == littleEndian(4);
    if (!intact) {
      throw new ZipException("the checksum or the length of the data is wrong");
    }
    inMember = false;
  }

  /** Reads the header of a member; false at the end, or if other bytes follow. */
  private boolean beginMember() throws IOException {
    if (!has(1) || (input[start] & 0xff) != MAGIC_1) {
      return false;
    }
    if (!has(2) || (input[start + 1] & 0xff) != MAGIC_2) {
      return false;
    }
    crc.reset();
    skip(2);
    int method = next();
    int flags = next();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("an unknown kind of gzip");
    }
    skip(UNUSED_BYTES);
    skipOptionalFields(flags);
    crc.reset();
    inflater.reset();
    inMember = true;
    return true;
  }

  private void skipOptionalFields(int flags) throws IOException {
    if ((flags & EXTRA) != 0) {
      skip((int) littleEndian(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      long expected = crc.getValue() & 0xffff;
      if (littleEndian(2) != expected) {
        throw new ZipException("the checksum of the header is wrong");
      }
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // the name or comment is not needed
    }
  }

  private long littleEndian(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) next() << (8 * i);
    }
    return number;
  }

  private int next() throws IOException {
    require(1);
    crc.update(input[start]);
    return input[start++] & 0xff;
  }

  private void require(int count) throws IOException {
    if (!has(count)) {
      throw new EOFException("the gzip data end early");
    }
  }

  /** Whether the buffer has this many bytes, after reading more if necessary. */
  private boolean has(int count) throws IOException {
    if (end - start < count) {
      System.arraycopy(input, start, input, 0, end - start);
      end -= start;
      start = 0;
    }
    while (end - start < count) {
      int n = in.read(input, end, input.length - end);
      if (n < 0) {
        return false;
      }
      end += n;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
