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
 * Opens files whose names fetch makes up, in directories that other users may write to. A planted
 * link, pipe or file leads nowhere: a new file is created exclusively, and a file that is there is
 * opened only if it is a regular file of this user with a single name. Files that the user names
 * are not opened by this class. Safe for many threads.
 */
public final class OwnFile {
  private static final int MOST_NAME_CHARS = 60;

  private OwnFile() {}

  /**
   * Creates a file for reading and writing.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is anything of this name
   */
  public static FileChannel create(Path file, OpenOption... more) throws IOException {
    List<OpenOption> options = new ArrayList<>(List.of(more));
    options.add(StandardOpenOption.CREATE_NEW);
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    return FileChannel.open(file, options.toArray(OpenOption[]::new));
  }

  /**
   * Creates a file that is to replace another, with the permissions of that one. At no time has it
   * more than those.
   */
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
   * Opens a file that is there for reading and writing, and never waits for a pipe's other end.
   *
   * @throws NoSuchFileException when there is none
   * @throws FileSystemException with a reason when it is not a regular file of this user
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

  /** Whether there is a regular file of this user with this single name. */
  public static boolean isThere(Path file) {
    try {
      check(file);
      checkOwner(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A hidden name beside a file that nobody can foresee. */
  public static Path temporaryBeside(Path file) {
    String name = String.valueOf(file.getFileName());
    String start = name.length() > MOST_NAME_CHARS ? name.substring(0, MOST_NAME_CHARS) : name;
    return file.resolveSibling("." + start + "-" + randomWord() + ".tmp");
  }

  private static String randomWord() {
    return Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX);
  }

  /** What tells one file from another. */
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
   * @param owner what {@link #ownerOfNewFiles} has found
   */
  public static boolean isOwn(Path file, @Nullable Object owner) throws IOException {
    return owner == null
        || owner.equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Whose the files are that this process creates here, which network file systems may decide; null
   * where files have no owner.
   *
   * @param file beside which one is created to find out
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
