package fetch.warc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses records with gzip (RFC 1952), or copies them. Output up to a flush can be joined with
 * the output of another compressor. For one thread.
 */
final class RecordCompressor {
  private static final int USUAL_BYTES = 4 * 1024;

  /** Without name and time; unknown operating system. */
  private static final byte[] GZIP_HEADER = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

  /** Bytes compressed per native call: a call costs as much as a hundred bytes. */
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final boolean gzip;
  private byte[] waiting = new byte[USUAL_BYTES];
  private int waitingSize;
  private byte[] packed = new byte[USUAL_BYTES];
  private int size;

  RecordCompressor(boolean gzip) {
    this.gzip = gzip;
  }

  /** Discards the output. */
  void reset() {
    deflater.reset();
    waitingSize = 0;
    size = 0;
  }

  void header() {
    if (gzip) {
      append(GZIP_HEADER, 0, GZIP_HEADER.length);
    }
  }

  void pack(byte[] bytes, int offset, int length) {
    if (!gzip) {
      append(bytes, offset, length);
    } else if (length < BLOCK_BYTES - waitingSize) {
      waiting = withRoom(waiting, waitingSize, length);
      System.arraycopy(bytes, offset, waiting, waitingSize, length);
      waitingSize += length;
    } else {
      packWaiting();
      deflater.setInput(bytes, offset, length);
      deflate(Deflater.NO_FLUSH);
    }
  }

  private void packWaiting() {
    deflater.setInput(waiting, 0, waitingSize);
    deflate(Deflater.NO_FLUSH);
    waitingSize = 0;
  }

  /** Ends the output so far at a byte boundary. */
  void flush() {
    if (gzip) {
      packWaiting();
      deflate(Deflater.SYNC_FLUSH);
    }
  }

  /**
   * Ends the gzip member.
   *
   * @param crc of the uncompressed bytes
   * @param length of the uncompressed bytes
   */
  void trailer(int crc, long length) {
    if (gzip) {
      deflater.setInput(waiting, 0, waitingSize);
      deflater.finish();
      while (!deflater.finished()) {
        packed = withRoom(packed, size, waitingSize / 2 + USUAL_BYTES / 4);
        size += deflater.deflate(packed, size, packed.length - size);
      }
      waitingSize = 0;
      appendInt(crc);
      appendInt((int) length);
    }
  }

  private void deflate(int flush) {
    int n;
    do {
      packed = withRoom(packed, size, USUAL_BYTES / 4);
      n = deflater.deflate(packed, size, packed.length - size, flush);
      size += n;
    } while (size == packed.length || (n > 0 && flush == Deflater.NO_FLUSH));
  }

  private void appendInt(int value) {
    packed = withRoom(packed, size, Integer.BYTES);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      packed[size++] = (byte) (value >>> shift);
    }
  }

  private void append(byte[] bytes, int offset, int length) {
    packed = withRoom(packed, size, length);
    System.arraycopy(bytes, offset, packed, size, length);
    size += length;
  }

  private static byte[] withRoom(byte[] bytes, int taken, int more) {
    return bytes.length - taken >= more
        ? bytes
        : Arrays.copyOf(bytes, Math.max(taken + more, 2 * bytes.length));
  }

  void writeTo(WritableByteChannel file) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(packed, 0, size);
    while (rest.hasRemaining()) {
      file.write(rest);
    }
  }

  /** A copy of the output. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(Arrays.copyOf(packed, size));
  }

  /** Frees native memory. */
  void close() {
    deflater.end();
  }
}
