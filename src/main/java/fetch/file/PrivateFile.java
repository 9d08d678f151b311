package fetch.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files with secrets, which only this user may read. Safe for many threads. */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Replaces a file atomically; a link stays, and its target is replaced. A pipe or device is
   * written to directly. On failure the file is unchanged.
   */
  public static void write(Path path, byte[] bytes) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      Files.write(path, bytes, StandardOpenOption.WRITE);
      return;
    }
    Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path next = OwnFile.temporaryBeside(file);
    try {
      try (OutputStream out = create(next)) {
        out.write(bytes);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static OutputStream create(Path file) throws IOException {
    boolean posix =
        Files.getFileStore(parent(file)).supportsFileAttributeView(PosixFileAttributeView.class);
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return Channels.newOutputStream(
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes));
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
