package fetch.engine;

import fetch.file.OwnFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores bytes that are written once and read often: up to 1 MiB in memory, more in a temporary
 * file without a name, which disappears with the process. Once all is written, other threads may
 * read.
 */
final class Spool implements Closeable {
  private static final int MEMORY_BYTES = 1 << 20;
  private static final int LEAST_BYTES = 8 * 1024;

  private byte[] bytes = new byte[LEAST_BYTES];
  private int size;
  private long flushed;
  private @Nullable FileChannel file;

  long length() {
    return flushed + size;
  }

  void write(byte[] from, int offset, int length) throws IOException {
    if (length > bytes.length - size) {
      makeRoom(length);
    }
    if (length > bytes.length - size) {
      append(ByteBuffer.wrap(from, offset, length));
    } else {
      System.arraycopy(from, offset, bytes, size, length);
      size += length;
    }
  }

  private void makeRoom(int length) throws IOException {
    if (size <= MEMORY_BYTES - length) {
      int wanted = Math.max(size + length, Math.min(2 * bytes.length, MEMORY_BYTES));
      bytes = Arrays.copyOf(bytes, wanted);
    } else {
      int full = size;
      size = 0;
      append(ByteBuffer.wrap(bytes, 0, full));
    }
  }

  private void append(ByteBuffer from) throws IOException {
    FileChannel open = file == null ? create() : file;
    file = open;
    while (from.hasRemaining()) {
      flushed += open.write(from);
    }
  }

  private static FileChannel create() throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    Path path = directory.resolve("fetch-list-" + UUID.randomUUID());
    FileChannel created = OwnFile.create(path, StandardOpenOption.DELETE_ON_CLOSE);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Windows deletes the file when it is closed.
    }
    return created;
  }

  /** Reads from the beginning; independent of other readers. */
  InputStream open() {
    return new InputStream() {
      private long at;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = readAt(at, into, offset, length);
        at += Math.max(read, 0);
        return read;
      }
    };
  }

  private int readAt(long position, byte[] into, int offset, int length) throws IOException {
    FileChannel open = file;
    if (open != null && position < flushed) {
      return open.read(ByteBuffer.wrap(into, offset, length), position);
    }
    int start = (int) (position - flushed);
    if (start >= size) {
      return -1;
    }
    int read = Math.min(length, size - start);
    System.arraycopy(bytes, start, into, offset, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
