package fetch.warc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Packs bytes as they are to stand in the file: as gzip does (RFC 1952), or just as they are. What
 * was packed up to a flush can be put before whatever is packed by another. For one thread.
 */
final class Press {
  private static final int USUAL_BYTES = 4 * 1024;

  /** No name, no time, an unknown system. */
  private static final byte[] GZIP_HEADER = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

  private static final byte[] NOTHING = {};

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final boolean gzip;
  private byte[] packed = new byte[USUAL_BYTES];
  private int size;

  Press(boolean gzip) {
    this.gzip = gzip;
  }

  /** Forgets what was packed. */
  void reset() {
    deflater.reset();
    size = 0;
  }

  void header() {
    if (gzip) {
      append(GZIP_HEADER, 0, GZIP_HEADER.length);
    }
  }

  void pack(byte[] bytes, int offset, int length) {
    if (gzip) {
      deflater.setInput(bytes, offset, length);
      deflate(Deflater.NO_FLUSH);
    } else {
      append(bytes, offset, length);
    }
  }

  /** Has all that is to be packed end with a whole byte. */
  void flush() {
    if (gzip) {
      deflate(Deflater.SYNC_FLUSH);
    }
  }

  /**
   * Ends what began with the header.
   *
   * @param crc of all that was packed
   * @param length of all that was packed
   */
  void trailer(int crc, long length) {
    if (gzip) {
      deflater.setInput(NOTHING);
      deflater.finish();
      deflate(Deflater.NO_FLUSH);
      appendInt(crc);
      appendInt((int) length);
    }
  }

  private void deflate(int flush) {
    int n;
    do {
      ensure(USUAL_BYTES / 4);
      n = deflater.deflate(packed, size, packed.length - size, flush);
      size += n;
    } while (size == packed.length || (n > 0 && flush == Deflater.NO_FLUSH));
  }

  private void appendInt(int value) {
    ensure(Integer.BYTES);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      packed[size++] = (byte) (value >>> shift);
    }
  }

  private void append(byte[] bytes, int offset, int length) {
    ensure(length);
    System.arraycopy(bytes, offset, packed, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (packed.length - size < more) {
      packed = Arrays.copyOf(packed, Math.max(size + more, 2 * packed.length));
    }
  }

  void writeTo(WritableByteChannel file) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(packed, 0, size);
    while (rest.hasRemaining()) {
      file.write(rest);
    }
  }

  /** A copy of what was packed. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(Arrays.copyOf(packed, size));
  }

  /** Lets go of native memory. */
  void close() {
    deflater.end();
  }
}
