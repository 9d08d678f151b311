package fetch.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Splits a table into rows (RFC 4180, section 2), in bounded memory. Line ends are LF, CRLF and CR.
 * A row continues over a line end in a quoted cell. If it then turns out to be invalid, or longer
 * than {@value #MAX_ROW_BYTES} bytes, only its first line becomes a bad row, and reading continues
 * with the second line: a stray quote costs one row. For one thread.
 */
final class TableRowReader implements Closeable {
  static final int MAX_ROW_BYTES = 1 << 20;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int NOWHERE = -1;

  private static final String TOO_LONG = "the row is longer than " + MAX_ROW_BYTES + " bytes";
  private static final String UNCLOSED = "not a valid CSV row: unclosed quote";
  private static final String TRAILING = "not a valid CSV row: text after the closing quote";

  /** The state after the last byte. */
  private enum State {
    START_OF_CELL,
    BARE,
    QUOTED,
    AFTER_QUOTE,
    BROKEN
  }

  private final ByteWindow input;
  private char separator;
  private int scanned;
  private boolean begun;
  private boolean afterCarriageReturn;

  private long number = 1;
  private State state = State.START_OF_CELL;
  private int endOfFirstLine = NOWHERE;
  private int endOfRow = NOWHERE;
  private @Nullable String fault;

  TableRowReader(InputStream in, char separator) {
    this.input = new ByteWindow(in, BUFFER_BYTES);
    this.separator = separator;
  }

  /** Sets the separator of the rows that follow. */
  void useSeparator(char other) {
    separator = other;
  }

  /** The next row, as written, null at the end. Blocks while the input has no complete row. */
  @Nullable Line next() throws IOException {
    while (!ready() && input.size() <= MAX_ROW_BYTES) {
      if (!fill()) {
        return input.size() == 0 ? null : takeLast();
      }
    }
    int length = (endOfRow < 0 ? input.end : endOfRow) - input.start;
    if (length > MAX_ROW_BYTES && endOfFirstLine < 0) {
      return skipOverlong();
    }
    if (length > MAX_ROW_BYTES) {
      giveUp(TOO_LONG);
    }
    return take();
  }

  /** Whether {@link #next} has a row without reading more. */
  boolean ready() {
    if (begun || begin()) {
      skipLineFeed();
      while (endOfRow < 0 && scanned < input.end) {
        step(input.bytes[scanned]);
        scanned++;
      }
    }
    return endOfRow >= 0;
  }

  /** Skips a byte order mark; false while it may still be incomplete. */
  private boolean begin() {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (input.start + i == input.end) {
        return false;
      }
      if (input.bytes[input.start + i] != BYTE_ORDER_MARK[i]) {
        begun = true;
        return true;
      }
    }
    input.start += BYTE_ORDER_MARK.length;
    scanned = input.start;
    begun = true;
    return true;
  }

  private void skipLineFeed() {
    if (afterCarriageReturn && input.size() > 0) {
      afterCarriageReturn = false;
      if (input.bytes[input.start] == '\n') {
        input.start++;
        scanned = input.start;
      }
    }
  }

  private void step(byte b) {
    boolean lineEnd = b == '\n' || b == '\r';
    if (state == State.QUOTED) {
      if (lineEnd && endOfFirstLine < 0) {
        endOfFirstLine = scanned;
      }
      state = b == '"' ? State.AFTER_QUOTE : State.QUOTED;
    } else if (lineEnd) {
      endOfRow = scanned;
    } else if (state != State.BROKEN) {
      outsideQuotes(b);
    }
  }

  private void outsideQuotes(byte b) {
    if (b == separator) {
      state = State.START_OF_CELL;
    } else if (b == '"' && state != State.BARE) {
      state = State.QUOTED;
    } else if (state == State.AFTER_QUOTE) {
      giveUp(TRAILING);
    } else {
      state = State.BARE;
    }
  }

  /** Takes only the first line as the row. */
  private void giveUp(String why) {
    fault = why;
    state = State.BROKEN;
    endOfRow = endOfFirstLine;
  }

  private Line take() {
    Line row = decode(endOfRow);
    number += linesTo(endOfRow);
    afterCarriageReturn = input.bytes[endOfRow] == '\r';
    moveTo(endOfRow + 1);
    return row;
  }

  private Line takeLast() {
    if (state == State.QUOTED) {
      giveUp(UNCLOSED);
    }
    if (endOfRow >= 0) {
      return take();
    }
    Line row = decode(input.end);
    moveTo(input.end);
    return row;
  }

  private void moveTo(int position) {
    input.start = position;
    scanned = position;
    state = State.START_OF_CELL;
    endOfFirstLine = NOWHERE;
    endOfRow = NOWHERE;
    fault = null;
  }

  /** The number of lines of a row that ends there. */
  private int linesTo(int last) {
    int lines = 1;
    for (int i = endOfFirstLine < 0 ? last : endOfFirstLine; i < last; i++) {
      boolean ends =
          input.bytes[i] == '\n' || (input.bytes[i] == '\r' && input.bytes[i + 1] != '\n');
      lines += ends ? 1 : 0;
    }
    return lines;
  }

  private Line decode(int to) {
    String text = new String(input.bytes, input.start, to - input.start, StandardCharsets.UTF_8);
    boolean broken =
        text.indexOf('\uFFFD') >= 0 && !LineReader.isUtf8(input.bytes, input.start, to);
    return new Line(number, text, broken ? "the row is not UTF-8" : fault);
  }

  private Line skipOverlong() throws IOException {
    String text = new String(input.bytes, input.start, 4 * Row.EXCERPT + 1, StandardCharsets.UTF_8);
    Line row = new Line(number, text.replace("\uFFFD", ""), TOO_LONG);
    state = State.BROKEN;
    boolean more = true;
    while (more && !ready()) {
      input.start = input.end;
      scanned = input.end;
      more = fill();
    }
    if (endOfRow >= 0) {
      take();
    } else {
      moveTo(input.end);
    }
    return row;
  }

  private boolean fill() throws IOException {
    scanned -= input.start;
    endOfFirstLine -= endOfFirstLine < 0 ? 0 : input.start;
    return input.fill();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
