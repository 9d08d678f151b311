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
 * Writes a file that may be read at any time: replaces it atomically. It has the default
 * permissions of new files, so that others can read it. A pipe or device is written to directly.
 *
 * @param path of the file
 */
public record MetricsFile(Path path) {
  private static final String SUFFIX = ".prom";

  /** The name of the file without its extension. */
  public String run() {
    String name = String.valueOf(path.getFileName());
    boolean usual = name.endsWith(SUFFIX) && name.length() > SUFFIX.length();
    return usual ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** Writes the file. On failure the file is unchanged, and the temporary file is deleted. */
  public void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      Files.write(path, bytes, StandardOpenOption.WRITE);
    } else {
      replace(bytes);
    }
  }

  /** Errors name the file, not its temporary file. */
  private void replace(byte[] bytes) throws IOException {
    try {
      replace(Files.exists(path) ? path.toRealPath() : path.toAbsolutePath(), bytes);
    } catch (FileSystemException e) {
      throw FileFault.about(path, e);
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path next = OwnFile.temporaryBeside(file); // node_exporter ignores this name
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
