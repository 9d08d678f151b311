package fetch.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two names are of one file, through symbolic and hard links, whether or not it is
 * there yet. Pipes and devices, which may have several uses at once, are the same as nothing.
 *
 * @param entry the name itself, in its real directory
 * @param target where the name leads in the end
 * @param key what the file system knows the file by, null when there is none yet
 */
public record FileIdentity(Path entry, Path target, @Nullable Object key) {
  /** As many links as Linux follows. */
  private static final int MOST_LINKS = 40;

  /** Finds out about a name; null for what is neither a regular file nor a directory. */
  public static @Nullable FileIdentity of(Path path) {
    Path absolute = path.toAbsolutePath();
    Path entry = inRealDirectory(absolute);
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      boolean other = !found.isRegularFile() && !found.isDirectory();
      return other ? null : new FileIdentity(entry, path.toRealPath(), found.fileKey());
    } catch (IOException e) {
      return new FileIdentity(entry, targetOf(entry), null);
    }
  }

  private static Path inRealDirectory(Path absolute) {
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    return parent == null || name == null ? absolute : real(parent).resolve(name).normalize();
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return inRealDirectory(directory);
    }
  }

  /** Where links lead to a file that is not there. */
  private static Path targetOf(Path entry) {
    Path at = entry;
    try {
      for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(at); links++) {
        at = inRealDirectory(at.resolveSibling(Files.readSymbolicLink(at)));
      }
    } catch (IOException e) {
      // It leads no further then.
    }
    return at;
  }

  /** Whether the other name is of the same file, or would be. */
  public boolean isSame(FileIdentity other) {
    return target.equals(other.target) || (key != null && Objects.equals(key, other.key));
  }

  /** Whether the file has one of these names. */
  public boolean isOneOf(NumberedFiles series) {
    Path directory = directoryOf(series);
    return isOneOf(series, directory, entry) || isOneOf(series, directory, target);
  }

  private static boolean isOneOf(NumberedFiles series, Path directory, Path path) {
    Path name = path.getFileName();
    return name != null && directory.equals(path.getParent()) && series.number(name.toString()) > 0;
  }

  /** Whether two series have names in common. */
  public static boolean overlap(NumberedFiles one, NumberedFiles other) {
    return one.before().equals(other.before())
        && one.after().equals(other.after())
        && directoryOf(one).equals(directoryOf(other));
  }

  private static Path directoryOf(NumberedFiles series) {
    Path parent = series.file().toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : real(parent);
  }
}
