package fetch;

/** Escapes text for JSON strings (RFC 8259, section 7). */
public final class JsonString {
  private static final String HEX = "0123456789abcdef";

  private JsonString() {}

  /** The characters to escape besides the quote and the backslash. */
  public interface Controls {
    boolean contain(char c);
  }

  /** The string, with its quotes. */
  public static String of(String text, Controls controls) {
    return '"' + escaped(text, controls) + '"';
  }

  /** The text between the quotes. */
  public static String escaped(String text, Controls controls) {
    return escaped(text, "\"\\", controls);
  }

  /** JSON text with the control characters in its strings escaped. */
  public static String escapedWithin(String json, Controls controls) {
    return escaped(json, "", controls);
  }

  private static String escaped(String text, String marks, Controls controls) {
    StringBuilder out = null;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = controls.contain(c);
      if (control || marks.indexOf(c) >= 0) {
        out = out == null ? new StringBuilder(text.length() + 16) : out;
        out.append(text, start, i).append('\\');
        if (control) {
          appendHex(c, out.append('u'));
        } else {
          out.append(c);
        }
        start = i + 1;
      }
    }
    return out == null ? text : out.append(text, start, text.length()).toString();
  }

  private static void appendHex(char c, StringBuilder out) {
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xf));
    }
  }
}
