package fetch.http.reception;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a body a response says that it has (RFC 9110, section 14.4).
 *
 * @param unit in lower case; empty when the server left it out
 * @param first the position of its first byte, or whatever the unit is
 * @param last the position of its last
 * @param total how many the whole has, -1 when unknown; what is too large for a long is the largest
 */
record ContentRange(String unit, long first, long last, long total) {
  private static final int LONGEST_UNIT = 32;

  /**
   * Reads a value. Servers put blanks anywhere, and {@code =} or {@code :} behind the unit; null
   * for what has no range, such as {@code bytes *}{@code /100}.
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

  /** Whether it is known that nothing is left out. */
  boolean isWhole() {
    return first == 0 && last == total - 1;
  }

  /** Whether it is known that bytes are left out. */
  boolean leavesOut() {
    return isBytes() && (first > 0 || (total >= 0 && last < total - 1));
  }

  long length() {
    return last - first + 1;
  }

  /** In the words of the standard. */
  String text() {
    return unit + " " + first + "-" + last + "/" + (total < 0 ? "*" : total);
  }

  /** Reads a value from left to right. */
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

    /** A number, -1 when there is none. */
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
