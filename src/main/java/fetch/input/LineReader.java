package fetch.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 lines that end in LF, CRLF or CR, in constant memory whatever the input holds: of a
 * line longer than {@value #MAX_LINE_BYTES} bytes only the beginning is kept. For one thread.
 */
final class LineReader implements Closeable {
  static final int MAX_LINE_BYTES = 64 * 1024;

  /** How much of a line that is too long is shown. */
  private static final int EXCERPT_BYTES = 256;

  private static final int END_OF_INPUT = -1;

  private final InputStream in;
  private final byte[] buffer = new byte[2 * MAX_LINE_BYTES];
  private int start;
  private int scanned;
  private int end;
  private long number;
  private boolean exhausted;
  private boolean afterCarriageReturn;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line, null at the end of the input. Blocks while the input has no whole line. */
  @Nullable Line next() throws IOException {
    int lineEnd = findLineEnd();
    while (lineEnd < 0) {
      if (end - start > MAX_LINE_BYTES) {
        return skipOverlong();
      }
      if (!fill()) {
        return start == end ? null : take(end);
      }
      lineEnd = findLineEnd();
    }
    return take(lineEnd);
  }

  /** Whether {@link #next} has a line without reading further. */
  boolean ready() {
    return findLineEnd() >= 0;
  }

  private int findLineEnd() {
    if (afterCarriageReturn && start < end) {
      afterCarriageReturn = false;
      start += buffer[start] == '\n' ? 1 : 0;
      scanned = start;
    }
    while (scanned < end) {
      if (buffer[scanned] == '\n' || buffer[scanned] == '\r') {
        return scanned;
      }
      scanned++;
    }
    return -1;
  }

  private Line take(int lineEnd) {
    int from = start;
    moveAfter(lineEnd);
    return lineEnd - from > MAX_LINE_BYTES ? overlong(excerpt(from)) : decode(from, lineEnd);
  }

  private void moveAfter(int lineEnd) {
    afterCarriageReturn = lineEnd < end && buffer[lineEnd] == '\r';
    start = Math.min(lineEnd + 1, end);
    scanned = start;
    number++;
  }

  private Line decode(int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    boolean broken = text.indexOf('\uFFFD') >= 0 && !isUtf8(buffer, from, to);
    return new Line(number, Blanks.trim(text), broken ? "the line is not UTF-8" : null);
  }

  static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private Line overlong(String excerpt) {
    return new Line(number, excerpt, "the line is longer than " + MAX_LINE_BYTES + " bytes");
  }

  private String excerpt(int from) {
    String text = new String(buffer, from, EXCERPT_BYTES, StandardCharsets.UTF_8);
    return Blanks.trim(text.replace("\uFFFD", "")) + "…";
  }

  private Line skipOverlong() throws IOException {
    String excerpt = excerpt(start);
    int lineEnd = -1;
    boolean more = true;
    while (lineEnd < 0 && more) {
      start = end;
      scanned = end;
      more = fill();
      lineEnd = findLineEnd();
    }
    moveAfter(lineEnd < 0 ? end : lineEnd);
    return overlong(excerpt);
  }

  /** Reads more, if there is more. */
  private boolean fill() throws IOException {
    if (exhausted) {
      return false;
    }
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    scanned -= start;
    start = 0;
    int read = in.read(buffer, end, buffer.length - end);
    exhausted = read == END_OF_INPUT;
    end += Math.max(read, 0);
    return !exhausted;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
