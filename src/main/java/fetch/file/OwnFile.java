package fetch.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Opens files whose names fetch generates, in directories that other users may write to. Planted
 * links, pipes and files are refused: a new file is created exclusively, and an existing file is
 * opened only if it is a regular file of this user without hard links. Files that the user named
 * are not opened here. Safe for many threads.
 */
public final class OwnFile {
  private static final int MOST_NAME_CHARS = 60;

  private OwnFile() {}

  /**
   * Creates a file for reading and writing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  public static FileChannel create(Path file, OpenOption... more) throws IOException {
    List<OpenOption> options = new ArrayList<>(List.of(more));
    options.add(StandardOpenOption.CREATE_NEW);
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    return FileChannel.open(file, options.toArray(OpenOption[]::new));
  }

  /** Creates a file that will replace another, with the same permissions from the start. */
  public static FileChannel createLike(Path original, Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(original, PosixFileAttributeView.class);
    if (view == null) {
      return create(file);
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    FileChannel created =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(permissions));
    try {
      Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(permissions);
      return created;
    } catch (IOException e) {
      created.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Opens an existing file for reading and writing. Never blocks on a pipe.
   *
   * @throws NoSuchFileException if it does not exist
   * @throws FileSystemException with a reason if it is not a regular file of this user
   */
  public static FileChannel open(Path file) throws IOException {
    Identity before = check(file);
    checkOwner(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      Identity after = check(file);
      if (!after.equals(before)) {
        throw new FileSystemException(file.toString(), null, "was replaced while fetch opened it");
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether this is a regular file of this user without hard links. */
  public static boolean isThere(Path file) {
    try {
      check(file);
      checkOwner(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** An unpredictable hidden name beside a file. */
  public static Path temporaryBeside(Path file) {
    String name = String.valueOf(file.getFileName());
    String start = name.length() > MOST_NAME_CHARS ? name.substring(0, MOST_NAME_CHARS) : name;
    return file.resolveSibling("." + start + "-" + randomWord() + ".tmp");
  }

  private static String randomWord() {
    return Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX);
  }

  /** Identifies a file. */
  private record Identity(Object key, @Nullable Object owner) {}

  private static Identity check(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      throw refused(file, "is a symbolic link, which fetch does not follow here");
    }
    if (!attributes.isRegularFile()) {
      throw refused(file, "is not a regular file");
    }
    Object owner = null;
    if (isUnix(file)) {
      Map<String, Object> found =
          Files.readAttributes(file, "unix:uid,nlink", LinkOption.NOFOLLOW_LINKS);
      owner = found.get("uid");
      if (!Integer.valueOf(1).equals(found.get("nlink"))) {
        throw refused(file, "has a second hard link");
      }
    }
    Object key = attributes.fileKey();
    return new Identity(key == null ? attributes.creationTime() : key, owner);
  }

  private static boolean isUnix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  private static void checkOwner(Path file) throws IOException {
    if (!isOwn(file, ownerOfNewFiles(file))) {
      throw refused(file, "belongs to another user");
    }
  }

  /**
   * Whether a file, directory or link belongs to a user.
   *
   * @param owner the result of {@link #ownerOfNewFiles}
   */
  public static boolean isOwn(Path file, @Nullable Object owner) throws IOException {
    return owner == null
        || owner.equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * The owner of files that this process creates here, which a network file system may change; null
   * if files have no owner.
   *
   * @param file a file in the directory, where a probe is created
   */
  public static @Nullable Object ownerOfNewFiles(Path file) throws IOException {
    if (!isUnix(file)) {
      return null;
    }
    Path probe = file.resolveSibling(".fetch-" + randomWord() + ".probe");
    try {
      Files.createFile(probe);
    } catch (FileSystemException e) {
      Path directory = file.getParent();
      throw FileFault.about(directory == null ? Path.of(".") : directory, e);
    }
    try {
      return Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.delete(probe);
    }
  }

  private static FileSystemException refused(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
