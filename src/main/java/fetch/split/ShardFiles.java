package fetch.split;

import fetch.file.FileFault;
import fetch.file.OwnFile;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a divided list: {@code part-01.jsonl} to {@code part-64.jsonl}. They have
 * temporary names until all are complete. Keeps no file open, so their number is not limited. Safe
 * for many threads: one may discard what another writes.
 */
public final class ShardFiles implements Closeable {
  private static final String BEFORE = "part-";
  private static final String AFTER = ".jsonl";

  /** The most bytes buffered for all files together. */
  private static final int MOST_BYTES = 8 << 20;

  private final Path directory;
  private final int count;
  private final List<Path> temporary = new ArrayList<>();
  private final List<ByteArrayOutputStream> waiting = new ArrayList<>();
  private final long[] lines;
  private int bytes;
  private boolean done;

  private ShardFiles(Path directory, int count) {
    this.directory = directory;
    this.count = count;
    this.lines = new long[count];
  }

  /**
   * Creates the directory, unless it exists, and the temporary files.
   *
   * @param count of the files
   * @param original a file whose permissions are copied; null for the default ones
   * @throws IOException if the directory has parts of a list already
   */
  public static ShardFiles create(Path directory, int count, @Nullable Path original)
      throws IOException {
    Files.createDirectories(directory);
    refuseOthers(directory);
    ShardFiles files = new ShardFiles(directory, count);
    try {
      for (int shard = 1; shard <= count; shard++) {
        Path path = OwnFile.temporaryBeside(files.path(shard));
        create(path, original);
        files.temporary.add(path);
        files.waiting.add(new ByteArrayOutputStream(0));
      }
      return files;
    } catch (FileSystemException e) {
      files.close();
      throw FileFault.about(directory, e);
    }
  }

  private static void create(Path path, @Nullable Path original) throws IOException {
    FileChannel channel =
        original == null ? OwnFile.create(path) : OwnFile.createLike(original, path);
    channel.close();
  }

  /** The files of a divided list in a directory, sorted. */
  public static List<Path> in(Path directory) throws IOException {
    List<Path> parts = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, BEFORE + "*" + AFTER)) {
      found.forEach(parts::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    parts.sort(null);
    return parts;
  }

  /**
   * Rejects existing parts: those of another number of shards would be mistaken for parts of this
   * list.
   */
  private static void refuseOthers(Path directory) throws IOException {
    List<Path> parts = in(directory);
    if (!parts.isEmpty()) {
      throw new FileAlreadyExistsException(
          parts.getFirst().toString(),
          null,
          "it already exists; give a directory without parts of a list");
    }
  }

  /** The file of a shard; numbers have leading zeros, so that names sort in order. */
  private Path path(int shard) {
    String number = Integer.toString(shard);
    int width = Integer.toString(count).length();
    return directory.resolve(BEFORE + "0".repeat(width - number.length()) + number + AFTER);
  }

  /**
   * Adds a line.
   *
   * @param shard from 1
   */
  public synchronized void write(int shard, String line) throws IOException {
    if (done) {
      return;
    }
    byte[] text = (line + '\n').getBytes(StandardCharsets.UTF_8);
    waiting.get(shard - 1).writeBytes(text);
    lines[shard - 1]++;
    bytes += text.length;
    if (bytes > MOST_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException {
    for (int i = 0; i < count; i++) {
      if (waiting.get(i).size() > 0) {
        append(i, false);
      }
    }
    bytes = 0;
  }

  private void append(int index, boolean force) throws IOException {
    ByteBuffer block = ByteBuffer.wrap(waiting.get(index).toByteArray());
    waiting.set(index, new ByteArrayOutputStream(0));
    try (FileChannel file =
        FileChannel.open(
            temporary.get(index), StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
      while (block.hasRemaining()) {
        file.write(block);
      }
      if (force) {
        file.force(true);
      }
    } catch (FileSystemException e) {
      throw FileFault.about(path(index + 1), e);
    } catch (IOException e) {
      throw new IOException(path(index + 1) + ": " + FileFault.sentence(e), e);
    }
  }

  /** Forces all files to disk, then renames them. */
  public synchronized void finish() throws IOException {
    if (done) {
      return;
    }
    for (int i = 0; i < count; i++) {
      append(i, true);
    }
    for (int i = 0; i < count; i++) {
      Files.move(temporary.get(i), path(i + 1), StandardCopyOption.ATOMIC_MOVE);
    }
    done = true;
  }

  /** The number of lines of each file, in order. */
  public synchronized List<Long> lines() {
    List<Long> counts = new ArrayList<>();
    for (long number : lines) {
      counts.add(number);
    }
    return counts;
  }

  /** Deletes the files unless they are finished. */
  @Override
  public synchronized void close() {
    if (!done) {
      done = true;
      try {
        for (Path path : temporary) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
