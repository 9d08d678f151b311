package fetch.body;

import fetch.body.IncomingBody.Origin;
import fetch.file.OwnFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Marks a body in progress. The marker takes the place of the partial body, and names the temporary
 * file and the origin, so that a later run can resume it if this process is killed. The temporary
 * file is locked while its writer runs.
 */
final class InProgressMarker {
  private static final byte[] MARK = "fetchRun".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_BYTES = 64 * 1024;

  private InProgressMarker() {}

  /** Locks the file and writes the marker; false if a partial body or marker exists. */
  static boolean note(FileChannel open, Path file, Path place, Origin origin) {
    try {
      if (Files.exists(place) || open.tryLock() == null) {
        return false;
      }
      byte[] name = (file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] text = PartialBody.bytes(origin);
      ByteBuffer note = ByteBuffer.allocate(name.length + text.length + MARK.length);
      Files.write(place, note.put(name).put(text).put(MARK).array(), StandardOpenOption.CREATE_NEW);
      return true;
    } catch (IOException | OverlappingFileLockException e) {
      return false; // the body cannot be resumed after a crash
    }
  }

  /** Reads a marker; null if the file is not one. */
  static byte @Nullable [] readNote(Path file) throws IOException {
    try (FileChannel channel = OwnFile.open(file)) {
      if (channel.size() > MOST_BYTES) {
        return null;
      }
      byte[] bytes = PartialBody.read(channel, 0, (int) channel.size());
      return endsWithMark(bytes) ? bytes : null;
    }
  }

  private static boolean endsWithMark(byte[] bytes) {
    int start = bytes.length - MARK.length;
    return start >= 0 && Arrays.equals(bytes, start, bytes.length, MARK, 0, MARK.length);
  }

  /**
   * Turns the file that a marker names into a partial body, unless its writer still runs. Returns
   * whether it did.
   *
   * @param bytes of the marker
   * @throws IOException if the file does not exist
   */
  static boolean takeOver(byte[] bytes, Path note) throws IOException {
    int first = firstLine(bytes);
    String name = new String(bytes, 0, first, StandardCharsets.UTF_8);
    byte[] text = Arrays.copyOfRange(bytes, first + 1, bytes.length - MARK.length);
    boolean ours = name.startsWith(SafeName.HIDDEN) && Path.of(name).getNameCount() == 1;
    if (!ours || PartialBody.origin(text) == null) {
      throw new IOException("no note");
    }
    // Closing a second channel to the file would release this process's own lock.
    return !isOfThisRun(name, note) && takeOver(note.resolveSibling(name), text, note);
  }

  private static boolean takeOver(Path file, byte[] text, Path to) throws IOException {
    try (FileChannel channel = OwnFile.open(file)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return false;
      }
      channel.position(channel.size());
      PartialBody.finish(channel, text);
      Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  private static int firstLine(byte[] bytes) throws IOException {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    throw new IOException("no note");
  }

  /** Whether two temporary names belong to the same run. */
  private static boolean isOfThisRun(String name, Path file) {
    String own = file.toFile().getName();
    return name.startsWith(own.substring(0, own.lastIndexOf('-') + 1));
  }
}
