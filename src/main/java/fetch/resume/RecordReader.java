package fetch.resume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the records of a file one after another, at the speed of reading the file. */
final class RecordReader {
  private static final int BUFFER_BYTES = 1 << 20;

  /** Far longer than any record of fetch. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int EXCERPT_BYTES = 60;

  private final Path path;
  private final FileChannel channel;
  private final byte[] header;
  private final RecordLayout layout;
  private byte[] bytes = new byte[BUFFER_BYTES];
  private int start;
  private int end;

  /** The position of the buffer in the file. */
  private long base;

  /**
   * @param path for messages
   * @param header the required beginning of the file
   */
  RecordReader(Path path, FileChannel channel, byte[] header, RecordLayout layout) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    this.layout = layout;
  }

  /** Skips the header; false if the file ends within it. */
  boolean begin() throws IOException {
    while (end < header.length && fill()) {
      // until the header is complete
    }
    int there = Math.min(end, header.length);
    if (!Arrays.equals(header, 0, there, bytes, 0, there)) {
      throw otherFields();
    }
    start = there == header.length ? there : 0;
    return there == header.length;
  }

  /** Reads the next record; false if there is no further whole record. */
  boolean next(ParsedRecord found) throws IOException {
    int after = layout.read(bytes, start, end, found);
    while (after == RecordLayout.INCOMPLETE) {
      if (end - start >= MOST_BYTES || !fill()) {
        checkThatOneRecordIsTorn(found);
        return false;
      }
      after = layout.read(bytes, start, end, found);
    }
    if (after == RecordLayout.BROKEN) {
      throw position() == header.length ? otherFields() : broken();
    }
    start = after;
    return true;
  }

  /** The end of the last whole record in the file. */
  long position() {
    return base + start;
  }

  private boolean fill() throws IOException {
    base += start;
    System.arraycopy(bytes, start, bytes, 0, end - start);
    end -= start;
    start = 0;
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * end);
    }
    int read = channel.read(ByteBuffer.wrap(bytes, end, bytes.length - end), base + end);
    end += Math.max(read, 0);
    return read > 0;
  }

  /** Checks that the rest is the beginning of one record, without further records behind it. */
  private void checkThatOneRecordIsTorn(ParsedRecord found) throws IOException {
    if (end - start >= MOST_BYTES) {
      throw broken();
    }
    boolean first = position() == header.length;
    if (!layout.mayBegin(bytes, start, end) && (first || !isZero())) {
      throw first ? otherFields() : broken();
    }
    int line = RecordLayout.find((byte) '\n', bytes, start, end) + 1;
    while (line < end) {
      if (layout.read(bytes, line, end, found) > 0) {
        throw broken();
      }
      line = RecordLayout.find((byte) '\n', bytes, line, end) + 1;
    }
  }

  /** Whether only zeros are left, as after a power failure. */
  private boolean isZero() {
    for (int i = start; i < end; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private IOException otherFields() {
    return new IOException(
        path
            + " does not match these --fields and this --format: it begins with "
            + excerpt()
            + "; use the options it was written with");
  }

  private IOException broken() {
    return new IOException(
        path
            + " is damaged: at byte "
            + position()
            + " a record of these fields was expected, not "
            + excerpt());
  }

  private String excerpt() {
    int length = Math.min(EXCERPT_BYTES, end - start);
    String text = new String(bytes, start, length, StandardCharsets.UTF_8).strip();
    return '\'' + text + (length < end - start ? "…'" : "'");
  }
}
