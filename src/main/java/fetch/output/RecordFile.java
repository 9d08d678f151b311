package fetch.output;

import fetch.file.OwnFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One file of whole records. For one thread, but {@link #force} may be called by any. */
final class RecordFile implements Closeable {
  private static final Set<StandardOpenOption> TO_WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  private static final Set<StandardOpenOption> TO_READ_TOO =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);

  private final Path path;
  private final FileChannel channel;
  private volatile boolean dirty;

  private RecordFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens the file that the user names, or makes one. It may be a link. */
  static RecordFile open(Path path, boolean toReadToo) throws IOException {
    return new RecordFile(path, FileChannel.open(path, toReadToo ? TO_READ_TOO : TO_WRITE));
  }

  /** Opens a file of a series, which must be this user's own. */
  static RecordFile openOwn(Path path) throws IOException {
    return new RecordFile(path, OwnFile.open(path));
  }

  /** Makes a file of a series, where nothing may be yet. */
  static RecordFile create(Path path) throws IOException {
    return new RecordFile(path, OwnFile.create(path));
  }

  /** Makes a file that is to take the place of another, with the permissions of that one. */
  static RecordFile createBeside(Path original) throws IOException {
    Path path = OwnFile.temporaryBeside(original);
    return new RecordFile(path, OwnFile.createLike(original, path));
  }

  /** The same file under another name, where it takes the place of what is there. */
  RecordFile moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    return new RecordFile(target, channel);
  }

  /** Closes a file that is of no use, and deletes it. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  FileChannel channel() {
    return channel;
  }

  /**
   * Keeps all other runs away from the file until it is closed; false when one of them is there.
   */
  boolean lock() {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // there are file systems that know no locks
    }
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Goes on writing here, where the file ends from now on. */
  void cutAt(long length) throws IOException {
    if (channel.size() > length) {
      channel.truncate(length);
      dirty = true;
    }
    channel.position(length);
  }

  /** Writes records; of those that the disk has no room for, none is left in part. */
  void append(byte[] bytes, int offset, int length) throws IOException {
    long start = channel.position();
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (rest.hasRemaining()) {
        int written = channel.write(rest);
        dirty |= written > 0;
      }
    } catch (IOException e) {
      dropTorn(bytes, offset, start, rest.position() - offset);
      throw e;
    }
  }

  private void dropTorn(byte[] bytes, int offset, long start, int written) {
    int whole = written;
    while (whole > 0 && bytes[offset + whole - 1] != '\n') {
      whole--;
    }
    try {
      cutAt(start + whole);
    } catch (IOException e) {
      // The file ends in a torn record then, which is all that happens without this.
    }
  }

  /** Has the disk take in what was written. */
  void force() throws IOException {
    if (dirty) {
      dirty = false;
      channel.force(false);
    }
  }

  /** Fails when what was written is where nobody will find it. */
  void checkThatItIsThere() throws IOException {
    if (Files.notExists(path)) {
      throw new IOException(path + " was removed, or moved, while the run wrote to it");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
