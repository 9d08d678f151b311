package fetch.warc;

/**
 * Encodes and decodes percent-encoding (RFC 3986, section 2.1) in text whose characters are bytes.
 */
final class PercentEncoding {
  private static final String HEX = "0123456789abcdef";

  private static final int CODE_LENGTH = 3;

  private PercentEncoding() {}

  /**
   * Decodes a text until nothing is left to decode. A decoded character may complete another code,
   * so the end of the result is checked after each one: a single pass is enough.
   */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      decoded.append(text.charAt(i));
      for (int value = lastCode(decoded); value >= 0; value = lastCode(decoded)) {
        decoded.setLength(decoded.length() - CODE_LENGTH);
        decoded.append((char) value);
      }
    }
    return decoded.toString();
  }

  /** The character that the last three characters encode; -1 for none. */
  private static int lastCode(StringBuilder text) {
    int at = text.length() - CODE_LENGTH;
    if (at < 0 || text.charAt(at) != '%') {
      return -1;
    }
    int high = digit(text.charAt(at + 1));
    int low = digit(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /**
   * Encodes all but visible ASCII, and {@code #} and {@code %}. Converts ASCII letters and
   * hexadecimal digits to lower case.
   */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#' || c == '%') {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        encoded.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
      }
    }
    return encoded.toString();
  }
}
