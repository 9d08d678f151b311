package fetch.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a file that may be read at any time: replaces it atomically; a link stays, and its target
 * is replaced. A pipe or device is written to directly. Errors name the file, not its temporary
 * file.
 *
 * @param path of the file, as the user named it
 * @param secret whether only this user may read it; else it has the permissions of new files
 */
public record ReplacedFile(Path path, boolean secret) {
  /** Checks that the file can be written, without changing it. */
  public void check() throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "it is a directory");
    }
    if (Files.exists(path) && !Files.isWritable(path)) {
      throw new AccessDeniedException(path.toString());
    }
    if (isReplaced()) {
      try {
        Path next = OwnFile.temporaryBeside(target());
        OwnFile.create(next).close();
        Files.delete(next);
      } catch (FileSystemException e) {
        throw FileFault.about(path, e);
      }
    }
  }

  /** Writes the file. On failure the file is unchanged, and the temporary file is deleted. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Like {@link #write(String)}. */
  public void write(byte[] bytes) throws IOException {
    write(out -> out.write(bytes));
  }

  /** Writes the bytes of a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Like {@link #write(String)}, for content of any length. */
  public void write(Content content) throws IOException {
    write(content, _ -> {});
  }

  /**
   * Like {@link #write(String)}, for content of any length.
   *
   * @param temporary receives the name of the temporary file
   */
  public void write(Content content, Consumer<Path> temporary) throws IOException {
    if (!isReplaced()) {
      try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      return;
    }
    try {
      replace(target(), content, temporary);
    } catch (FileSystemException e) {
      throw FileFault.about(path, e);
    }
  }

  private boolean isReplaced() {
    return !Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path);
  }

  private Path target() throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  private void replace(Path file, Content content, Consumer<Path> temporary) throws IOException {
    Path next = OwnFile.temporaryBeside(file);
    temporary.accept(next);
    try {
      try (OutputStream out = create(next)) {
        content.writeTo(out);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private OutputStream create(Path file) throws IOException {
    FileStore store = Files.getFileStore(file.resolveSibling("."));
    boolean restricted = secret && store.supportsFileAttributeView(PosixFileAttributeView.class);
    FileAttribute<?>[] attributes =
        restricted
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return Channels.newOutputStream(
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes));
  }
}
