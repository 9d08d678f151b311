package fetch.input;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds characters that cannot be part of a URL: white space, control and invisible characters. */
final class NonUrlCharacters {
  private static final char DELETE = 0x7f;
  private static final char LAST_CONTROL = 0x9f;

  private NonUrlCharacters() {}

  /**
   * Removes white space and invisible characters from both ends of a text. They come along when a
   * URL is copied from a page or a spreadsheet.
   */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Whether it is white space or invisible. */
  static boolean isBlank(char c) {
    if (c > ' ' && c < DELETE) {
      return false;
    }
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || isInvisible(c);
  }

  /** Zero-width spaces and joiners, and marks for direction and byte order. */
  private static boolean isInvisible(char c) {
    return (c >= '\u200b' && c <= '\u200f')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2060' && c <= '\u2069')
        || c == '\u061c'
        || c == '\u180e'
        || c == '\ufeff';
  }

  /**
   * Why a whole line is not a URL: it has a blank or a control character; null if it has neither.
   */
  static @Nullable String faultOfLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ') {
        return "not a URL: it contains a space; write it as %20, or read a table with -i tsv"
            + " or -i csv";
      }
      if (c < ' ' || c >= DELETE) {
        String fault = faultOf(c);
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  /** Why the cell of a table is not a URL: it has a control character; null if it has none. */
  static @Nullable String faultOfCell(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= DELETE) {
        String fault = faultOf(c);
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  private static @Nullable String faultOf(char c) {
    if (c == '\t') {
      return "not a URL: it contains a tab; read a table with -i tsv";
    }
    boolean control = c < ' ' || (c >= DELETE && c <= LAST_CONTROL);
    boolean lineEnd = c == '\u2028' || c == '\u2029';
    return control || lineEnd
        ? String.format(Locale.ROOT, "not a URL: it contains a control character, U+%04X", (int) c)
        : null;
  }
}
