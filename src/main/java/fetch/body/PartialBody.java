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
 * The beginning of a body in a file that belongs to one caller at a time, who took it from its
 * place by giving it another name. Behind the bytes of the body stands where they came from, then
 * how many they are, then a mark: what was not left in good order has no mark at its end.
 */
public final class PartialBody {
  /** Its last byte counts the silences. */
  private static final long MARK = 0x6665_7463_6850_7274L; // fetchPrt

  private static final int MOST_SILENCES = 9;
  private static final int END_BYTES = 2 * Long.BYTES;
  private static final int MOST_TEXT_BYTES = 64 * 1024;
  private static final int BLOCK_BYTES = 64 * 1024;

  /** Takes bytes. */
  interface Taker {
    void take(byte[] bytes, int offset, int length);
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
   * Takes what is in a place, null when there is nothing, or nothing in good order.
   *
   * @param temporary the name it has then, one of this run's own
   */
  static @Nullable PartialBody claim(Path place, Path temporary) {
    if (!OwnFile.isThere(place)) {
      return null; // somebody else has put it there
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
      delete(temporary); // unless another was quicker; the body is fetched from its beginning
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

  /** An origin as it stands in files. */
  static byte[] bytes(Origin origin) {
    return (origin.url() + "\n" + origin.validator() + "\n" + origin.total() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Null when that is none. */
  static @Nullable Origin origin(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    try {
      return lines.size() == 3
          ? new Origin(lines.get(0), lines.get(1), Long.parseLong(lines.get(2)))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Reads so many bytes at a position. */
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

  /** Leaves what was written of a body in a place, where it replaces what was there. */
  static void leave(FileChannel written, Path file, Path place, Origin origin) throws IOException {
    finish(written, bytes(origin));
    Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Puts what makes it a file in good order behind the bytes, and closes it. */
  static void finish(FileChannel written, byte[] text) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(text.length + END_BYTES);
    end.put(text).putLong(written.position()).putLong(MARK).flip();
    while (end.hasRemaining()) {
      written.write(end);
    }
    written.close();
  }

  /** How many bytes of the body there are. */
  public long length() {
    return length;
  }

  public Origin origin() {
    return origin;
  }

  /** To how many requests for the rest, the last ones, the server did not respond in time. */
  public int silences() {
    return silences;
  }

  /** Shows the bytes that there are. */
  void replay(Taker taker) throws IOException {
    try (FileChannel channel = OwnFile.open(file)) {
      for (long at = 0; at < length; ) {
        byte[] block = read(channel, at, (int) Math.min(BLOCK_BYTES, length - at));
        taker.take(block, 0, block.length);
        at += block.length;
      }
    }
  }

  /** Opens the file behind the bytes that there are. */
  FileChannel open() throws IOException {
    return OwnFile.open(file).truncate(length).position(length);
  }

  Path file() {
    return file;
  }

  /**
   * Puts it back to where it was.
   *
   * @param silent its {@link #silences()} from now on
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

  /** Throws it away. */
  public void discard() {
    delete(file);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Its name says that it is nothing of worth.
    }
  }
}
