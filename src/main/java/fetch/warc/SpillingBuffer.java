package fetch.warc;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Buffers the content of a record: up to 72 KB in memory, the rest compressed in a temporary file.
 * For one thread.
 */
final class SpillingBuffer implements Closeable {
  /** Bytes compressed at once. */
  private static final int BLOCK_BYTES = 64 * 1024;

  /** Bytes that can be taken back: OkHttp reads up to this many ahead. */
  private static final int DROPPABLE_BYTES = 8 * 1024;

  private static final int LEAST_BYTES = 1024;
  private static final byte[] NOTHING = {};

  private final CaptureTarget archive;
  private final List<MessageDigest> digests;
  private final CRC32 crc = new CRC32();
  private byte[] bytes = NOTHING;
  private int size;
  private long packed;
  private @Nullable FileChannel file;

  /**
   * @param digests get all bytes that are not taken back
   */
  SpillingBuffer(CaptureTarget archive, List<MessageDigest> digests) {
    this.archive = archive;
    this.digests = digests;
  }

  long length() {
    return packed + size;
  }

  void write(byte[] from, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (size == BLOCK_BYTES + DROPPABLE_BYTES) {
        packBlock();
      }
      int n = Math.min(end - at, BLOCK_BYTES + DROPPABLE_BYTES - size);
      ensure(n);
      System.arraycopy(from, at, bytes, size, n);
      size += n;
      at += n;
    }
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      int wanted = Math.max(size + more, Math.max(LEAST_BYTES, 2 * bytes.length));
      bytes = Arrays.copyOf(bytes, Math.min(wanted, BLOCK_BYTES + DROPPABLE_BYTES));
    }
  }

  private void packBlock() throws IOException {
    FileChannel open = file == null ? archive.newTemporaryFile() : file;
    file = open;
    digest(BLOCK_BYTES);
    crc.update(bytes, 0, BLOCK_BYTES);
    RecordCompressor compressor = archive.tools().compressors().take();
    try {
      compressor.pack(bytes, 0, BLOCK_BYTES);
      compressor.flush();
      compressor.writeTo(open);
    } finally {
      archive.tools().compressors().giveBack(compressor);
    }
    packed += BLOCK_BYTES;
    size -= BLOCK_BYTES;
    System.arraycopy(bytes, BLOCK_BYTES, bytes, 0, size);
  }

  private void digest(int length) {
    for (MessageDigest digest : digests) {
      digest.update(bytes, 0, length);
    }
  }

  /** Takes back the bytes written last. */
  void drop(int length) {
    size -= length;
  }

  /** Ends the content. */
  void end() {
    digest(size);
  }

  /** The compressed file; null if all is in memory. */
  @Nullable FileChannel file() {
    return file;
  }

  /** The CRC-32 of the uncompressed content of the file. */
  int crc() {
    return (int) crc.getValue();
  }

  /** The length of the uncompressed content of the file. */
  long packed() {
    return packed;
  }

  /** The end of the content, which is in memory. */
  byte[] rest() {
    return bytes;
  }

  int restLength() {
    return size;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
