package fetch.cli;

import fetch.cli.options.IoMessages;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one run holds at a time. The lock file remains after the run; the lock ends with the
 * process, however that ends.
 */
record RunLock(@Nullable FileChannel channel) implements Closeable {
  /**
   * Takes the lock, or reports who holds it.
   *
   * @param file null for no lock
   */
  static RunLock take(@Nullable Path file) throws IOException {
    if (file == null) {
      return new RunLock(null);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("--lock: " + file + " is not a regular file");
    }
    FileChannel channel = open(file);
    if (!lock(channel)) {
      channel.close();
      throw new IOException("another run holds the lock " + file);
    }
    return new RunLock(channel);
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.READ, // otherwise opening a pipe would wait for its other end
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new IOException("--lock: " + IoMessages.of(e), e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
