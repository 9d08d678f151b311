package fetch.body;

import fetch.body.IncomingBody.Origin;
import fetch.file.OwnFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the saved part of an incomplete body. Renaming the file gives it to one caller at a time.
 * File layout: body, origin, length, magic number; a file without the magic number is not complete.
 */
public final class PartialBody {
  /** The magic number; its last byte counts the timeouts. */
  private static final long MARK = 0x6665_7463_6850_7274L; // fetchPrt

  private static final int MOST_SILENCES = 9;
  private static final int END_BYTES = 2 * Long.BYTES;
  private static final int MOST_TEXT_BYTES = 64 * 1024;
  private static final int BLOCK_BYTES = 64 * 1024;

  /** Takes bytes. */
  interface Taker {
    void take(byte[] bytes, int offset, int length) throws BodySaveException;
  }

  private final Path place;
  private final Path file;
  private final long length;
  private final Origin origin;
  private final int silences;

  private PartialBody(Path place, Path file, long length, Origin origin, int silences) {
    this.place = place;
    this.file = file;
    this.length = length;
    this.origin = origin;
    this.silences = silences;
  }

  /**
   * Takes a partial body; null if there is no valid one.
   *
   * @param temporary the new name of the file
   */
  static @Nullable PartialBody claim(Path place, Path temporary) {
    if (!OwnFile.isThere(place)) {
      return null; // not a regular file of this user
    }
    try {
      Files.move(place, temporary, StandardCopyOption.ATOMIC_MOVE);
      byte[] note = InProgressMarker.readNote(temporary);
      if (note != null && !InProgressMarker.takeOver(note, temporary)) {
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        return null;
      }
      PartialBody partial = read(place, temporary);
      if (partial == null) {
        delete(temporary);
      }
      return partial;
    } catch (IOException e) {
      delete(temporary); // the body is fetched from its beginning
      return null;
    }
  }

  private static @Nullable PartialBody read(Path place, Path file) throws IOException {
    try (FileChannel channel = OwnFile.open(file)) {
      long size = channel.size();
      if (size < END_BYTES) {
        return null;
      }
      ByteBuffer end = ByteBuffer.wrap(read(channel, size - END_BYTES, END_BYTES));
      long length = end.getLong();
      long text = size - END_BYTES - length;
      long silences = end.getLong() - MARK;
      boolean marked = silences >= 0 && silences <= MOST_SILENCES;
      if (!marked || length < 0 || text < 0 || text > MOST_TEXT_BYTES) {
        return null;
      }
      Origin origin = origin(read(channel, length, (int) text));
      return origin == null ? null : new PartialBody(place, file, length, origin, (int) silences);
    }
  }

  /** The bytes of an origin in a file. */
  static byte[] bytes(Origin origin) {
    String disposition = origin.disposition() == null ? "" : origin.disposition() + "\n";
    return (origin.url() + "\n" + origin.validator() + "\n" + origin.total() + "\n" + disposition)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Parses an origin; null if it is invalid. */
  static @Nullable Origin origin(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    try {
      int count = lines.size();
      String disposition = count == 4 ? lines.get(3) : null;
      return count == 3 || count == 4
          ? new Origin(lines.get(0), lines.get(1), Long.parseLong(lines.get(2)), disposition)
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Reads bytes at a position. */
  static byte[] read(FileChannel channel, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      if (channel.read(rest, position + rest.position()) < 0) {
        throw new EOFException("the partial body is too short");
      }
    }
    return bytes;
  }

  /** Saves the written part of a body, replacing an older partial body. */
  static void leave(FileChannel written, Path file, Path place, Origin origin) throws IOException {
    finish(written, bytes(origin));
    Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Appends origin, length and magic number, and closes the file. */
  static void finish(FileChannel written, byte[] text) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(text.length + END_BYTES);
    end.put(text).putLong(written.position()).putLong(MARK).flip();
    while (end.hasRemaining()) {
      written.write(end);
    }
    written.close();
  }

  /** The length of the saved part in bytes. */
  public long length() {
    return length;
  }

  public Origin origin() {
    return origin;
  }

  /** The number of requests for the rest, since the last success, that timed out. */
  public int silences() {
    return silences;
  }

  /** Passes on the saved bytes. */
  void replay(Taker taker) throws IOException {
    try (FileChannel channel = OwnFile.open(file)) {
      for (long at = 0; at < length; ) {
        byte[] block = read(channel, at, (int) Math.min(BLOCK_BYTES, length - at));
        taker.take(block, 0, block.length);
        at += block.length;
      }
    }
  }

  /** Opens the file at the end of the saved bytes. */
  FileChannel open() throws IOException {
    return OwnFile.open(file).truncate(length).position(length);
  }

  Path file() {
    return file;
  }

  /**
   * Puts the file back.
   *
   * @param silent the new {@link #silences()}
   */
  public void putBack(int silent) {
    try {
      if (silent != silences) {
        count(Math.min(silent, MOST_SILENCES));
      }
      Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard();
    }
  }

  private void count(int silent) throws IOException {
    try (FileChannel channel = OwnFile.open(file)) {
      ByteBuffer mark = ByteBuffer.allocate(Long.BYTES).putLong(MARK + silent).flip();
      channel.write(mark, channel.size() - Long.BYTES);
    }
  }

  /** Deletes the file. */
  public void discard() {
    delete(file);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The file keeps its temporary name.
    }
  }
}
