package fetch.body;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What a file system makes of names.
 *
 * @param caseSensitive whether names that differ in case only are different
 * @param portSeparator what stands between a host and its port
 */
record FileSystemTraits(boolean caseSensitive, char portSeparator) {
  /** Finds out about a directory by writing to it, which fails where that is not allowed. */
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
