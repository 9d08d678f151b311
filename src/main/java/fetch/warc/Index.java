package fetch.warc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The index beside an archive: a line for each answer, in the order in which they came until it is
 * sorted in the end. For one thread at a time.
 */
final class Index implements Closeable {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int USUAL_LINE_BYTES = 1024;

  private final Path path;
  private final Supplier<Path> temporary;
  private final FileChannel file;
  private final ByteBuffer waiting = ByteBuffer.allocate(BLOCK_BYTES);
  private long written;

  /**
   * @param temporary names of files beside it
   */
  Index(Path path, Supplier<Path> temporary) throws IOException {
    this.path = path;
    this.temporary = temporary;
    this.file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  void startAfresh() throws IOException {
    file.truncate(0);
    file.position(0);
    written = 0;
  }

  /**
   * Goes on after the last whole line.
   *
   * @param each told of each line, and where it is
   */
  void goOn(BiConsumer<Long, String> each) throws IOException {
    long end = 0;
    try (Lines lines = new Lines(Files.newInputStream(path))) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        each.accept(end, new String(line, StandardCharsets.UTF_8));
        end += line.length;
      }
    }
    file.truncate(end);
    file.position(end);
    written = end;
  }

  /** Adds a line, and returns where it is. */
  long add(IndexLine line) throws IOException {
    byte[] bytes = line.text().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > waiting.remaining()) {
      flush();
    }
    long start = written + waiting.position();
    if (bytes.length > waiting.remaining()) {
      write(ByteBuffer.wrap(bytes));
    } else {
      waiting.put(bytes);
    }
    return start;
  }

  private void flush() throws IOException {
    waiting.flip();
    write(waiting);
    waiting.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      written += file.write(bytes);
    }
  }

  /** The line that is there. */
  String at(long start) throws IOException {
    if (start >= written) {
      flush();
    }
    ByteBuffer bytes = ByteBuffer.allocate(USUAL_LINE_BYTES);
    while (true) {
      int before = bytes.position();
      int n = file.read(bytes, start + before);
      for (int i = before; i < bytes.position(); i++) {
        if (bytes.get(i) == '\n') {
          return new String(bytes.array(), 0, i, StandardCharsets.UTF_8);
        }
      }
      if (n < 0) {
        throw new IOException(path + " is not what was written to it");
      }
      if (!bytes.hasRemaining()) {
        bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
      }
    }
  }

  /** Sorts it; nothing more may be added. */
  void finish() throws IOException {
    flush();
    Path sorted = temporary.get();
    try {
      file.position(0);
      InputStream in = Channels.newInputStream(file);
      new LineSort(temporary).sort(in, sorted);
      Files.move(sorted, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(sorted);
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    } catch (IOException e) {
      // A run that goes on will find in the archive what is missing here.
    }
  }
}
