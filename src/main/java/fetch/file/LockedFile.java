package fetch.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens a file that one run at a time writes to. For one thread, except {@link #force}. */
public final class LockedFile implements Closeable {
  private static final Set<StandardOpenOption> TO_WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  private static final Set<StandardOpenOption> TO_READ_TOO =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);

  private final Path path;
  private final FileChannel channel;
  private volatile boolean dirty;

  private LockedFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens or creates a file that the user named. It may be a link. */
  static LockedFile open(Path path, boolean toReadToo) throws IOException {
    return new LockedFile(path, FileChannel.open(path, toReadToo ? TO_READ_TOO : TO_WRITE));
  }

  /** Opens a file whose name fetch generated; it must belong to this user. */
  static LockedFile openOwn(Path path) throws IOException {
    return new LockedFile(path, OwnFile.open(path));
  }

  /** Creates a file whose name fetch generated; it must not exist. */
  static LockedFile create(Path path) throws IOException {
    return new LockedFile(path, OwnFile.create(path));
  }

  /** Creates a file that will replace another, with the same permissions. */
  static LockedFile createBeside(Path original) throws IOException {
    Path path = OwnFile.temporaryBeside(original);
    return new LockedFile(path, OwnFile.createLike(original, path));
  }

  /** Renames the file, replacing the target. */
  LockedFile moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    return new LockedFile(target, channel);
  }

  /** Closes and deletes the file. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  /** Locks the file until it is closed; false if another run has locked it. */
  boolean lock() {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // some file systems have no locks
    }
  }

  /** The file itself; after writing to it, call {@link #written}. */
  public FileChannel channel() {
    return channel;
  }

  public long size() throws IOException {
    return channel.size();
  }

  /** Truncates the file, and continues to write there. */
  public void cutAt(long length) throws IOException {
    if (channel.size() > length) {
      channel.truncate(length);
      written();
    }
    channel.position(length);
  }

  /** Marks the file as changed, for {@link #force}. */
  public void written() {
    dirty = true;
  }

  /** Forces changes onto the disk. */
  public void force() throws IOException {
    if (dirty) {
      dirty = false;
      channel.force(false);
    }
  }

  /** Fails if the file was removed or renamed. */
  public void checkThatItIsThere() throws IOException {
    if (Files.notExists(path)) {
      throw new IOException(path + " was removed, or moved, while the run wrote to it");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
