package fetch.output;

/**
 * Escapes control characters (Unicode category Cc), line separators, and characters that change the
 * direction of text (Unicode Standard Annex 9). They could otherwise control a terminal, break a
 * line or disguise a URL.
 */
final class ControlCharacters {
  private static final String HEX = "0123456789abcdef";

  private ControlCharacters() {}

  static boolean isControl(char c) {
    return c < 0x20 || (c >= 0x7f && (c < 0xa0 || isFormat(c)));
  }

  private static boolean isFormat(char c) {
    return (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u200e'
        || c == '\u200f'
        || c == '\u061c';
  }

  /** Whether the text has any of them, or one of the other characters. */
  static boolean foundIn(String text, String others) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i)) || others.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The text with its control characters escaped. */
  static String escaped(String text) {
    if (!foundIn(text, "")) {
      return text;
    }
    ByteBuilder out = new ByteBuilder(2 * text.length());
    appendEscaped(text, out);
    return out.toString();
  }

  /** Appends text with its control characters escaped. */
  static void appendEscaped(String text, ByteBuilder out) {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        out.append(text.substring(start, i));
        appendEscaped(text.charAt(i), out);
        start = i + 1;
      }
    }
    out.append(text.substring(start));
  }

  /** Appends {@code \t}, {@code \n}, {@code \r}, {@code \x1b}, or e.g. {@code \u202e}. */
  static void appendEscaped(char control, ByteBuilder out) {
    switch (control) {
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        boolean wide = control > 0xff;
        out.append(wide ? "\\u" : "\\x");
        appendHex(control, wide ? 4 : 2, out);
      }
    }
  }

  static void appendHex(char c, int digits, ByteBuilder out) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xf));
    }
  }
}
