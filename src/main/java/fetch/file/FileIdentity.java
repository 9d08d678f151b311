package fetch.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a file that may have several names, by symbolic or hard links, and may not exist yet.
 * Pipes and devices have no identity, as they may be used several times.
 *
 * @param entry the name itself, in its real directory
 * @param target the file that the name leads to, through all links
 * @param key the file system's key; null if the file does not exist yet
 */
public record FileIdentity(Path entry, Path target, @Nullable Object key) {
  /** Linux follows as many links. */
  private static final int MOST_LINKS = 40;

  /** The identity of a file; null if it is neither a regular file nor a directory. */
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

  /** The target of links to a file that does not exist. */
  private static Path targetOf(Path entry) {
    Path at = entry;
    try {
      for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(at); links++) {
        at = inRealDirectory(at.resolveSibling(Files.readSymbolicLink(at)));
      }
    } catch (IOException e) {
      // An unreadable link is the target.
    }
    return at;
  }

  /** Whether the other is the same file, or would be once it exists. */
  public boolean isSame(FileIdentity other) {
    return target.equals(other.target) || (key != null && Objects.equals(key, other.key));
  }

  /** Whether a name of the file belongs to the series. */
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
