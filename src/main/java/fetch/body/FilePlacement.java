package fetch.body;

import fetch.file.OwnFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a name leads below a directory, given what is there: a file may be where a directory is
 * wanted, as for {@code /a} and {@code /a/b}, and a directory where a file is.
 */
final class FilePlacement {
  private static final String INSTEAD_OF_FILE = "~";

  private final Path root;
  private final @Nullable Predicate<String> taken;
  private final boolean shared;
  private final @Nullable Object owner;

  /**
   * Finds out whether others may put something into the directory.
   *
   * @param taken whether a name is that of a file that is not to be replaced; null when none is
   */
  FilePlacement(Path root, @Nullable Predicate<String> taken) throws IOException {
    this.root = root;
    this.taken = taken;
    this.owner = OwnFile.ownerOfNewFiles(root.resolve(SafeName.HIDDEN));
    this.shared = isShared(root, owner);
  }

  private static boolean isShared(Path root, @Nullable Object owner) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(root, PosixFileAttributeView.class);
    if (view == null) {
      return false;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || !OwnFile.isOwn(root.toRealPath(), owner);
  }

  /** Fails where another user has put a link on the way to a file, who could choose where it is. */
  void checkWay(FileName name) throws IOException {
    if (!shared) {
      return;
    }
    Path way = root;
    for (String component : name.directory().split("/", -1)) {
      way = way.resolve(component);
      if (Files.isSymbolicLink(way) && !OwnFile.isOwn(way, owner)) {
        throw new FileSystemException(
            way.toString(), null, "is a symbolic link that belongs to another user");
      }
    }
  }

  /** Where the file of this name is, or is to be. */
  Path of(FileName name) {
    FileName clear = clear(name);
    Path path = root.resolve(clear.toString());
    return isTaken(clear) || Files.isDirectory(path)
        ? root.resolve(clear.distinct().toString())
        : path;
  }

  /** Whether a name is that of a file that is not to be replaced. */
  boolean isTaken(FileName name) {
    return taken != null && taken.test(name.toString());
  }

  /** The name, with other directories in place of files. */
  private FileName clear(FileName name) {
    StringBuilder way = new StringBuilder();
    boolean diverted = false;
    for (String component : name.directory().split("/", -1)) {
      if (component.isEmpty()) {
        continue;
      }
      way.append(component);
      while (isFile(root.resolve(way.toString()))) {
        way.append(INSTEAD_OF_FILE);
        diverted = true;
      }
      way.append('/');
    }
    return diverted ? name.in(way.toString()).distinct() : name;
  }

  private static boolean isFile(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path);
  }

  /** Makes the directories on the way to a name, and returns the name that they lead to. */
  FileName prepare(FileName name) throws IOException {
    FileName clear = name;
    while (true) {
      checkWay(clear);
      try {
        Files.createDirectories(root.resolve(clear.directory()));
        return clear;
      } catch (IOException e) {
        FileName other = clear(name);
        if (other.equals(clear)) {
          throw e;
        }
        clear = other;
      }
    }
  }
}
