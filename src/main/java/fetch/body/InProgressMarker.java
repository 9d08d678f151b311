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
 * A note in the place of a leftover, of a body that is still being written: should the process be
 * killed, it tells the next one which file has the bytes, and where they came from. The file is
 * locked as long as its writer lives, so that no other goes on with it.
 */
final class InProgressMarker {
  private static final byte[] MARK = "fetchRun".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_BYTES = 64 * 1024;

  private InProgressMarker() {}

  /** Locks the file and leaves the note; returns whether there was room for it. */
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
      return false; // then it cannot be gone on with after a crash
    }
  }

  /** Reads a file, null when it is no such note. */
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
   * Puts the file that a note speaks of into the note's place, in good order as a leftover, unless
   * its writer lives. Returns whether it did.
   *
   * @param bytes what the note says
   * @throws IOException when there is no such file
   */
  static boolean takeOver(byte[] bytes, Path note) throws IOException {
    int first = firstLine(bytes);
    String name = new String(bytes, 0, first, StandardCharsets.UTF_8);
    byte[] text = Arrays.copyOfRange(bytes, first + 1, bytes.length - MARK.length);
    boolean ours = name.startsWith(SafeName.HIDDEN) && Path.of(name).getNameCount() == 1;
    if (!ours || PartialBody.origin(text) == null) {
      throw new IOException("no note");
    }
    // To open and close a file would give up this process's own lock of it.
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

  /** Whether a temporary name is of the same run as that of a file. */
  private static boolean isOfThisRun(String name, Path file) {
    String own = file.toFile().getName();
    return name.startsWith(own.substring(0, own.lastIndexOf('-') + 1));
  }
}
