package fetch.warc;

import fetch.file.OwnFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the CDXJ index beside an archive: a line for each response, appended during the run and
 * sorted at its end. For one thread at a time.
 */
final class ArchiveIndex implements Closeable {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int USUAL_LINE_BYTES = 1024;

  /** Takes a line and its position in the index. */
  interface Taker {
    void take(IndexLine line, long position);
  }

  private final Path path;
  private final ByteBuffer waiting = ByteBuffer.allocate(BLOCK_BYTES);
  private @Nullable FileChannel opened;
  private long written;

  /** Opens the file if it exists. */
  ArchiveIndex(Path path) throws IOException {
    this.path = path;
    try {
      this.opened = OwnFile.open(path);
    } catch (NoSuchFileException e) {
      // Created with the first line.
    }
  }

  private FileChannel file() throws IOException {
    FileChannel file = opened == null ? OwnFile.create(path) : opened;
    opened = file;
    return file;
  }

  void startAfresh() throws IOException {
    FileChannel file = file();
    file.truncate(0);
    file.position(0);
    written = 0;
  }

  /**
   * The end of the last indexed record of each file. Changes nothing.
   *
   * @throws IOException if fetch did not write a line of it
   */
  Map<String, Long> ends() throws IOException {
    Map<String, Long> ends = new HashMap<>();
    if (opened == null) {
      return ends;
    }
    long at = 0;
    CompleteLineReader lines = lines();
    for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
      IndexLine line = IndexLine.parse(text(bytes));
      if (line == null) {
        throw new IOException(
            path + " is not an index that fetch wrote, or is damaged at byte " + at);
      }
      ends.merge(line.place().filename(), line.place().end(), Math::max);
      at += bytes.length;
    }
    return ends;
  }

  /** Reads from the beginning; the file stays open. */
  private CompleteLineReader lines() throws IOException {
    return new CompleteLineReader(Channels.newInputStream(file().position(0)));
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  /**
   * Continues after the last complete line.
   *
   * @param again the files whose lines are dropped, because the files are read again
   * @param each gets each line that is kept; null for none
   */
  void goOn(Set<String> again, @Nullable Taker each) throws IOException {
    if (!again.isEmpty()) {
      drop(again);
    }
    long end = 0;
    CompleteLineReader lines = lines();
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      IndexLine parsed = each == null ? null : IndexLine.parse(text(line));
      if (each != null && parsed != null) {
        each.take(parsed, end);
      }
      end += line.length;
    }
    file().truncate(end).position(end);
    written = end;
  }

  private void drop(Set<String> again) throws IOException {
    Path shorter = OwnFile.temporaryBeside(path);
    FileChannel kept = OwnFile.createLike(path, shorter);
    try {
      CompleteLineReader lines = lines();
      for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
        IndexLine line = IndexLine.parse(text(bytes));
        if (line != null && !again.contains(line.place().filename())) {
          write(kept, ByteBuffer.wrap(bytes));
        }
      }
      Files.move(shorter, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      kept.close();
      Files.deleteIfExists(shorter);
      throw e;
    }
    file().close();
    opened = kept;
  }

  /** Adds a line; returns its position. */
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
    written += bytes.remaining();
    write(file(), bytes);
  }

  private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** The line at a position. */
  String at(long start) throws IOException {
    if (start >= written) {
      flush();
    }
    ByteBuffer bytes = ByteBuffer.allocate(USUAL_LINE_BYTES);
    while (true) {
      int before = bytes.position();
      int n = file().read(bytes, start + before);
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

  /** Sorts the index. Nothing may be added afterwards. */
  void finish() throws IOException {
    flush();
    Path sorted = OwnFile.temporaryBeside(path);
    try (FileChannel out = OwnFile.createLike(path, sorted)) {
      InputStream in = Channels.newInputStream(file().position(0));
      new LineSort(() -> OwnFile.temporaryBeside(path)).sort(in, out);
      Files.move(sorted, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(sorted);
    }
  }

  @Override
  public void close() throws IOException {
    try (FileChannel _ = opened) {
      if (opened != null) {
        flush();
      }
    } catch (IOException e) {
      // A resumed run reads the missing lines from the archive.
    }
  }
}
