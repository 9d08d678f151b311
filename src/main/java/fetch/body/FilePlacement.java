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
 * Finds the path of a file below a directory, and avoids conflicts between files and directories of
 * the same name, as for {@code /a} and {@code /a/b}.
 */
final class FilePlacement {
  private static final String INSTEAD_OF_FILE = "~";

  private final Path root;
  private final @Nullable Predicate<String> taken;
  private final boolean shared;
  private final @Nullable Object owner;

  /**
   * Checks whether other users may write to the directory.
   *
   * @param taken whether a name belongs to a file that must not be replaced; null for none
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

  /** Fails if another user's link leads to the file, as that user could redirect it. */
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

  /** The path of this name. */
  Path of(FileName name) {
    FileName clear = clear(name);
    Path path = root.resolve(clear.toString());
    return isTaken(clear) || Files.isDirectory(path)
        ? root.resolve(clear.distinct().toString())
        : path;
  }

  /** Whether a name belongs to a file that must not be replaced. */
  boolean isTaken(FileName name) {
    return taken != null && taken.test(name.toString());
  }

  /** The name, with other directories where files are in the way. */
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

  /** Creates the directories of a name; returns the name with the directories created. */
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
