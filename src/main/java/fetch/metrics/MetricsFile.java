package fetch.metrics;

import fetch.file.FileFault;
import fetch.file.OwnFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that may be read at any moment: it is replaced as a whole. Its permissions are those of
 * any new file, so that others can read it. What is no file, such as a pipe, is written to as it
 * is.
 *
 * @param path where it is
 */
public record MetricsFile(Path path) {
  private static final String SUFFIX = ".prom";

  /** The name of the file without its extension. */
  public String run() {
    String name = String.valueOf(path.getFileName());
    boolean usual = name.endsWith(SUFFIX) && name.length() > SUFFIX.length();
    return usual ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** Writes the file; when that fails, the file is as it was and nothing lies beside it. */
  public void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      Files.write(path, bytes, StandardOpenOption.WRITE);
    } else {
      replace(bytes);
    }
  }

  /** Complaints name the file, and not the one beside it. */
  private void replace(byte[] bytes) throws IOException {
    try {
      replace(Files.exists(path) ? path.toRealPath() : path.toAbsolutePath(), bytes);
    } catch (FileSystemException e) {
      throw FileFault.about(path, e);
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path next = OwnFile.temporaryBeside(file); // node_exporter passes over such a name
    try {
      try (OutputStream out = Files.newOutputStream(next, StandardOpenOption.CREATE_NEW)) {
        out.write(bytes);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
