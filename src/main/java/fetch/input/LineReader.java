package fetch.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 lines that end in LF or CRLF, in constant memory whatever the input holds: of a line
 * longer than {@value #MAX_LINE_BYTES} bytes only the beginning is kept. For one thread.
 */
final class LineReader implements Closeable {
  static final int MAX_LINE_BYTES = 64 * 1024;

  /** How much of a line that is too long is shown. */
  private static final int EXCERPT_BYTES = 256;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int END_OF_INPUT = -1;

  private final InputStream in;
  private final byte[] buffer = new byte[2 * MAX_LINE_BYTES];
  private int start;
  private int scanned;
  private int end;
  private long number;
  private boolean exhausted;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line, null at the end of the input. Blocks while the input has no whole line. */
  @Nullable Line next() throws IOException {
    int newline = findNewline();
    while (newline < 0) {
      if (end - start > MAX_LINE_BYTES + 1) {
        return skipOverlong();
      }
      if (!fill()) {
        return start == end ? null : take(end, end);
      }
      newline = findNewline();
    }
    return take(newline, newline + 1);
  }

  /** Whether {@link #next} has a line without reading further. */
  boolean ready() {
    return findNewline() >= 0;
  }

  private int findNewline() {
    while (scanned < end) {
      if (buffer[scanned] == '\n') {
        return scanned;
      }
      scanned++;
    }
    return -1;
  }

  private Line take(int lineEnd, int next) {
    int from = start;
    int to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    moveTo(next);
    return to - from > MAX_LINE_BYTES ? overlong(excerpt(from)) : decode(from, to);
  }

  private void moveTo(int position) {
    start = position;
    scanned = position;
    number++;
  }

  private Line decode(int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    boolean broken = text.indexOf('\uFFFD') >= 0 && !isUtf8(buffer, from, to);
    return new Line(number, trim(text), broken ? "the line is not UTF-8" : null);
  }

  static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String trim(String text) {
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return (marked ? text.substring(1) : text).strip();
  }

  private Line overlong(String excerpt) {
    return new Line(number, excerpt, "the line is longer than " + MAX_LINE_BYTES + " bytes");
  }

  private String excerpt(int from) {
    String text = new String(buffer, from, EXCERPT_BYTES, StandardCharsets.UTF_8);
    return trim(text.replace("\uFFFD", "")) + "…";
  }

  private Line skipOverlong() throws IOException {
    String excerpt = excerpt(start);
    int newline = -1;
    boolean more = true;
    while (newline < 0 && more) {
      start = end;
      scanned = end;
      more = fill();
      newline = findNewline();
    }
    moveTo(newline < 0 ? end : newline + 1);
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
