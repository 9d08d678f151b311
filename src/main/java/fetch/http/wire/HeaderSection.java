package fetch.http.wire;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import java.io.IOException;
import java.util.Objects;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Checks the header sections of one response of HTTP/1.1 before OkHttp parses them (RFC 9112,
 * sections 2 to 5). For one thread.
 *
 * <ul>
 *   <li>OkHttp accepts what curl and the standard refuse: a NUL, a bare CR, a line without a colon,
 *       a status that is not three digits from 100 to 599. These are protocol failures here.
 *   <li>OkHttp doesn't support folded lines or blanks before a colon. These are rewritten first.
 *   <li>OkHttp decodes UTF-8 and loses all other bytes. {@link fetch.http.field.FieldBytes} keeps
 *       them.
 * </ul>
 */
final class HeaderSection {
  /** The most bytes of all header sections of a response together, interim ones included. */
  private static final int MOST = 256 * 1024;

  private static final int MOST_QUOTED = 80;

  /** A version and a status: v is 0 or 1, s is 1 to 5, d is any digit. */
  private static final String STATUS_LINE = "HTTP/1.v sdd ";

  private static final int LEAST_STATUS_LINE = STATUS_LINE.length() - 1;

  private final BufferedSource wire;
  private int left = MOST;
  private int line;
  private int column;
  private boolean colon;
  private boolean blank;
  private boolean cr;
  private boolean unusual;

  /**
   * @param wire OkHttp's source of the connection
   */
  HeaderSection(BufferedSource wire) {
    this.wire = wire;
  }

  /**
   * Waits until the buffer of the source has the whole next header section, in a form that OkHttp
   * reads correctly.
   *
   * @throws FailedTransfer if the section is invalid
   */
  void await() throws IOException {
    line = 0;
    await(0);
  }

  /** Does the same for a trailer section that begins at this position of the buffer. */
  void awaitTrailers(long start) throws IOException {
    line = 1;
    await(start);
  }

  private void await(long start) throws IOException {
    column = 0;
    cr = false;
    unusual = false;
    Buffer buffer = wire.getBuffer();
    long position = start;
    long end = -1;
    while (end < 0) {
      if (!wire.request(position + 1)) {
        throw endedEarly(position - start);
      }
      long buffered = buffer.size();
      end = scan(buffer, position, Math.min(buffered, start + left));
      if (end < 0 && buffered >= start + left) {
        throw FailedTransfer.tooLargeHeaderSection();
      }
      position = buffered;
    }
    left -= (int) (end - start);
    if (unusual && start == 0) {
      SectionRepair.prepare(buffer, end);
    }
  }

  private FailedTransfer endedEarly(long read) {
    return read == 0 && line == 0
        ? new FailedTransfer(
            FailureKind.EMPTY_REPLY, "the server closed the connection without a response")
        : new FailedTransfer(FailureKind.PARTIAL, "the response ended inside its header section");
  }

  /** Returns the end of the section, -1 if it is incomplete. */
  private long scan(Buffer buffer, long from, long to) throws FailedTransfer {
    long position = from;
    try (Buffer.UnsafeCursor cursor = buffer.readUnsafe(new Buffer.UnsafeCursor())) {
      while (position < to) {
        cursor.seek(position);
        byte[] data = Objects.requireNonNull(cursor.data);
        int end = (int) Math.min(cursor.end, cursor.start + to - position);
        for (int i = skip(data, cursor.start, end); i < end; i = skip(data, i + 1, end)) {
          if (data[i] == '\n' ? endLine() : pass(data[i])) {
            return position + i - cursor.start + 1;
          }
        }
        position += end - cursor.start;
      }
    }
    return -1;
  }

  /**
   * Skips bytes that need no check: the rest of a name, or of a value. Checking every byte took 5%
   * of the processor time of a run with 20,000 URLs.
   */
  private int skip(byte[] data, int from, int end) {
    if (line == 0 || column == 0 || cr) {
      return from;
    }
    int i = from;
    if (colon) {
      while (i < end && data[i] >= ' ') {
        i++;
      }
    } else {
      while (i < end && data[i] > ' ' && data[i] != ':') {
        i++;
      }
      blank &= i == from;
    }
    return i;
  }

  /** Handles the end of a line; returns whether it ends the section. */
  private boolean endLine() throws FailedTransfer {
    if (column == 0 && line > 0) {
      return true;
    }
    if (line == 0 && column < LEAST_STATUS_LINE) {
      throw badStatusLine();
    }
    if (line > 0 && !colon) {
      throw failure("a header line has no colon");
    }
    line++;
    column = 0;
    blank = false;
    cr = false;
    return false;
  }

  private boolean pass(byte b) throws FailedTransfer {
    if (cr) {
      throw failure("a header line has a carriage return inside");
    }
    if (b == '\r') {
      cr = true;
      return false;
    }
    if (b == 0) {
      throw failure("a header line has a NUL inside");
    }
    unusual |= b < 0;
    if (line == 0) {
      checkStatusLine(b);
    } else {
      passField(b);
    }
    column++;
    return false;
  }

  private void checkStatusLine(byte b) throws FailedTransfer {
    if (column < STATUS_LINE.length()) {
      boolean fits =
          switch (STATUS_LINE.charAt(column)) {
            case 'v' -> b == '0' || b == '1';
            case 's' -> b >= '1' && b <= '5';
            case 'd' -> b >= '0' && b <= '9';
            default -> b == STATUS_LINE.charAt(column);
          };
      if (!fits) {
        throw badStatusLine();
      }
    }
  }

  private void passField(byte b) throws FailedTransfer {
    boolean isBlank = b == ' ' || b == '\t';
    if (column == 0) {
      if (isBlank && line == 1) {
        throw failure("the first header line begins with a blank");
      }
      unusual |= isBlank;
      colon = isBlank;
    }
    if (b == ':' && !colon) {
      unusual |= blank;
      colon = true;
    }
    blank = isBlank;
  }

  private FailedTransfer badStatusLine() {
    Buffer buffer = wire.getBuffer();
    long most = Math.min(buffer.size(), MOST_QUOTED);
    long end = buffer.indexOf((byte) '\n', 0, most);
    String start = buffer.snapshot((int) (end < 0 ? most : end)).utf8().strip();
    return failure("the response begins with '" + start + "'");
  }

  private static FailedTransfer failure(String why) {
    return new FailedTransfer(FailureKind.PROTOCOL, "not HTTP: " + why);
  }
}
