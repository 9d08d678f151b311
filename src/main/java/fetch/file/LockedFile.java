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

/**
 * A file that one run at a time writes to. For one thread, but {@link #force} may be called by any.
 */
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

  /** Opens the file that the user names, or makes one. It may be a link. */
  static LockedFile open(Path path, boolean toReadToo) throws IOException {
    return new LockedFile(path, FileChannel.open(path, toReadToo ? TO_READ_TOO : TO_WRITE));
  }

  /** Opens a file whose name fetch made up, which must be this user's own. */
  static LockedFile openOwn(Path path) throws IOException {
    return new LockedFile(path, OwnFile.open(path));
  }

  /** Makes a file whose name fetch made up, where nothing may be yet. */
  static LockedFile create(Path path) throws IOException {
    return new LockedFile(path, OwnFile.create(path));
  }

  /** Makes a file that is to take the place of another, with the permissions of that one. */
  static LockedFile createBeside(Path original) throws IOException {
    Path path = OwnFile.temporaryBeside(original);
    return new LockedFile(path, OwnFile.createLike(original, path));
  }

  /** The same file under another name, where it takes the place of what is there. */
  LockedFile moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    return new LockedFile(target, channel);
  }

  /** Closes a file that is of no use, and deletes it. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
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

  /** The file itself; after writing to it, call {@link #written}. */
  public FileChannel channel() {
    return channel;
  }

  public long size() throws IOException {
    return channel.size();
  }

  /** Goes on writing here, where the file ends from now on. */
  public void cutAt(long length) throws IOException {
    if (channel.size() > length) {
      channel.truncate(length);
      written();
    }
    channel.position(length);
  }

  /** Notes that there is something to force onto the disk. */
  public void written() {
    dirty = true;
  }

  /** Forces what was written onto the disk. */
  public void force() throws IOException {
    if (dirty) {
      dirty = false;
      channel.force(false);
    }
  }

  /** Fails when the file no longer has its name. */
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
