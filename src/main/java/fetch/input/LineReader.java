package fetch.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 lines that end in LF, CRLF or CR, in constant memory. Of a line longer than {@value
 * #MAX_LINE_BYTES} bytes only the beginning is kept; a {@link DividedLine} may have {@value
 * DividedLine#MOST_BYTES} bytes. For one thread.
 */
final class LineReader implements Closeable {
  static final int MAX_LINE_BYTES = 64 * 1024;

  /** How many bytes of a line that is too long are shown. */
  private static final int EXCERPT_BYTES = 256;

  private static final byte[] LONG_START = DividedLine.START.getBytes(StandardCharsets.US_ASCII);

  private final ByteWindow input;
  private int scanned;
  private long number;
  private boolean afterCarriageReturn;

  LineReader(InputStream in) {
    this.input = new ByteWindow(in, 2 * MAX_LINE_BYTES);
  }

  /** The next line, null at the end of the input. Blocks while the input has no complete line. */
  @Nullable Line next() throws IOException {
    int lineEnd = findLineEnd();
    while (lineEnd < 0) {
      if (input.size() > MAX_LINE_BYTES && input.size() > limit(input.bytes, input.start)) {
        return skipOverlong();
      }
      if (!fill()) {
        return input.size() == 0 ? null : take(input.end);
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
    if (afterCarriageReturn && input.size() > 0) {
      afterCarriageReturn = false;
      input.start += input.bytes[input.start] == '\n' ? 1 : 0;
      scanned = input.start;
    }
    byte[] bytes = input.bytes;
    int end = input.end;
    int at = scanned;
    while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    scanned = at;
    return at < end ? at : -1;
  }

  private Line take(int lineEnd) {
    int from = input.start;
    moveAfter(lineEnd);
    return line(number, input.bytes, from, lineEnd);
  }

  /** The line in these bytes. */
  static Line line(long number, byte[] bytes, int from, int to) {
    int length = to - from;
    return length > MAX_LINE_BYTES && length > limit(bytes, from)
        ? overlong(number, excerpt(bytes, from))
        : decode(number, bytes, from, to);
  }

  /** Lines of divided lists are longer than the original ones. */
  private static int limit(byte[] bytes, int from) {
    boolean divided =
        Arrays.equals(bytes, from, from + LONG_START.length, LONG_START, 0, LONG_START.length);
    return divided ? DividedLine.MOST_BYTES : MAX_LINE_BYTES;
  }

  private void moveAfter(int lineEnd) {
    afterCarriageReturn = lineEnd < input.end && input.bytes[lineEnd] == '\r';
    input.start = Math.min(lineEnd + 1, input.end);
    scanned = input.start;
    number++;
  }

  private static Line decode(long number, byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    boolean broken = text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes, from, to);
    return new Line(number, NonUrlCharacters.trim(text), broken ? "the line is not UTF-8" : null);
  }

  static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static Line overlong(long number, String excerpt) {
    return new Line(number, excerpt, "the line is longer than " + MAX_LINE_BYTES + " bytes");
  }

  private static String excerpt(byte[] bytes, int from) {
    String text = new String(bytes, from, EXCERPT_BYTES, StandardCharsets.UTF_8);
    return NonUrlCharacters.trim(text.replace("\uFFFD", "")) + "…";
  }

  private Line skipOverlong() throws IOException {
    String excerpt = excerpt(input.bytes, input.start);
    int lineEnd = -1;
    boolean more = true;
    while (lineEnd < 0 && more) {
      input.start = input.end;
      scanned = input.end;
      more = fill();
      lineEnd = findLineEnd();
    }
    moveAfter(lineEnd < 0 ? input.end : lineEnd);
    return overlong(number, excerpt);
  }

  private boolean fill() throws IOException {
    scanned -= input.start;
    return input.fill();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
