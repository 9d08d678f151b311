package fetch.body;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Describes how a file system treats names.
 *
 * @param caseSensitive whether case distinguishes names
 * @param portSeparator the character between host and port
 */
record FileSystemTraits(boolean caseSensitive, char portSeparator) {
  /** Probes a directory by creating files; fails if it is not writable. */
  static FileSystemTraits of(Path directory, String unique) throws IOException {
    String name = SafeName.HIDDEN + unique;
    Path small = directory.resolve(name + "-probe");
    Files.createFile(small);
    try {
      boolean caseSensitive = !Files.exists(directory.resolve(name + "-PROBE"));
      return new FileSystemTraits(caseSensitive, takes(directory, name + ":") ? ':' : '+');
    } finally {
      Files.delete(small);
    }
  }

  private static boolean takes(Path directory, String name) {
    try {
      Path file = directory.resolve(name);
      Files.createFile(file);
      Files.delete(file);
      return java.io.File.separatorChar == '/';
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }
}
