package fetch.http.reception;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that a response has (RFC 9110, section 14.4).
 *
 * @param unit in lower case; empty if the server omitted it
 * @param first the position of the first byte, or other unit
 * @param last the position of the last one
 * @param total the length of the whole, -1 if unknown; a number too large for a long becomes the
 *     largest long
 */
record ContentRange(String unit, long first, long last, long total) {
  private static final int LONGEST_UNIT = 32;

  /**
   * Parses a value. Servers insert blanks anywhere, and {@code =} or {@code :} after the unit. Null
   * if there is no range, as in {@code bytes *}{@code /100}.
   */
  static @Nullable ContentRange parse(String value) {
    Scanner in = new Scanner(value);
    String unit = in.unit();
    long first = in.number();
    boolean dash = in.skip('-');
    long last = in.number();
    boolean slash = in.skip('/');
    boolean unknown = in.skip('*');
    long total = unknown ? -1 : in.number();
    boolean good = first >= 0 && dash && last >= first && slash && (unknown || total > last);
    return good && in.isAtEnd() ? new ContentRange(unit, first, last, total) : null;
  }

  boolean isBytes() {
    return unit.equals("bytes");
  }

  /** Whether it certainly covers everything. */
  boolean isWhole() {
    return first == 0 && last == total - 1;
  }

  /** Whether it certainly omits bytes. */
  boolean leavesOut() {
    return isBytes() && (first > 0 || (total >= 0 && last < total - 1));
  }

  long length() {
    return last - first + 1;
  }

  /** The value in the standard's syntax. */
  String text() {
    return unit + " " + first + "-" + last + "/" + (total < 0 ? "*" : total);
  }

  /** Parses a value from left to right. */
  private static final class Scanner {
    private final String value;
    private int at;

    Scanner(String value) {
      this.value = value;
    }

    private char next() {
      return at < value.length() ? value.charAt(at) : 0;
    }

    private boolean isDigit() {
      return next() >= '0' && next() <= '9';
    }

    private void skipBlanks() {
      while (next() == ' ' || next() == '\t') {
        at++;
      }
    }

    String unit() {
      skipBlanks();
      int start = at;
      while (at - start < LONGEST_UNIT && (Character.isLetter(next()) || next() == '-')) {
        at++;
      }
      String unit = value.substring(start, at).toLowerCase(Locale.ROOT);
      while (next() == ' ' || next() == '\t' || next() == '=' || next() == ':') {
        at++;
      }
      return unit;
    }

    /** A number, -1 if there is none. */
    long number() {
      skipBlanks();
      if (!isDigit()) {
        return -1;
      }
      long number = 0;
      while (isDigit()) {
        boolean fits = number < Long.MAX_VALUE / 10;
        number = fits ? 10 * number + next() - '0' : Long.MAX_VALUE;
        at++;
      }
      return number;
    }

    boolean skip(char wanted) {
      skipBlanks();
      boolean there = next() == wanted;
      at += there ? 1 : 0;
      return there;
    }

    boolean isAtEnd() {
      skipBlanks();
      return at >= value.length();
    }
  }
}
