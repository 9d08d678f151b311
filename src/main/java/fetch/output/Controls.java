package fetch.output;

/** Control characters (Unicode category Cc), which must not reach a terminal or break a line. */
final class Controls {
  private static final String HEX = "0123456789abcdef";

  private Controls() {}

  static boolean isControl(char c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
  }

  /** Whether the text has any, or one of the other characters. */
  static boolean foundIn(String text, String others) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i)) || others.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Appends {@code \t}, {@code \n}, {@code \r}, or {@code \x1b} and the like. */
  static void appendEscaped(char control, ByteBuilder out) {
    switch (control) {
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        out.append("\\x");
        appendHex(control, 2, out);
      }
    }
  }

  static void appendHex(char c, int digits, ByteBuilder out) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xf));
    }
  }
}
