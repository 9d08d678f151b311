package fetch.body;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * Makes file names that every file system accepts and no program misreads. Unsafe characters are
 * percent-encoded, so that different texts have different names. A leading dot would hide a file or
 * make it a setting ({@code .htaccess}, {@code .git}); a leading hyphen would make it an option
 * ({@code rm *}).
 */
final class SafeName {
  /** File systems allow 255; the rest is for hash and escapes. */
  static final int MOST_BYTES = 240;

  /** The prefix of temporary names. */
  static final String HIDDEN = ".fetch-";

  private static final int HASH_CHARS = UrlHash.CHARS;
  private static final int MOST_EXTENSION = 8;

  /** Separators and wildcards of any system, and the escape character. */
  private static final String UNSAFE = "/\\:*?\"<>|%";

  /** Windows devices, with any extension. */
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$", "clock$");

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private SafeName() {}

  /** The name for a text that is not empty. */
  static String of(String text) {
    if (isUsual(text)) {
      return text;
    }
    StringBuilder name = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (isSafe(c)) {
            name.appendCodePoint(c);
          } else {
            appendEncoded(Character.toString(c), name);
          }
        });
    return begun(tidy(name.toString()));
  }

  /** The name, with an unsafe first character encoded. */
  static String begun(String name) {
    return name.startsWith(".") || name.startsWith("-")
        ? encodeAll(name.substring(0, 1)) + name.substring(1)
        : name;
  }

  /**
   * Whether a text is certainly its own name: short, of letters, digits and a few joining
   * characters. Most are.
   */
  static boolean isUsual(String text) {
    int length = text.length();
    if (length == 0
        || length > MOST_BYTES
        || text.charAt(0) == '-'
        || text.charAt(length - 1) == '.') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && c != '-' && c != '_' && (c != '.' || i == 0)) {
        return false;
      }
    }
    return !isDevice(text);
  }

  /** Encodes reserved words, and characters that are unsafe in their position. */
  static String tidy(String name) {
    if (name.equals(".") || name.equals("..")) {
      return encodeAll(name);
    }
    String tidy = name;
    if (tidy.startsWith(" ") || tidy.startsWith(HIDDEN) || isDevice(tidy)) {
      tidy = encodeAll(tidy.substring(0, 1)) + tidy.substring(1);
    }
    if (tidy.endsWith(" ") || tidy.endsWith(".")) {
      int last = tidy.length() - 1;
      tidy = tidy.substring(0, last) + encodeAll(tidy.substring(last));
    }
    return tidy;
  }

  /** The name for a component that the user wrote, or that consists of safe names. */
  static String literal(String component) {
    StringBuilder name = new StringBuilder(component.length());
    component
        .codePoints()
        .forEach(c -> {
          if (c == '%' || c == ':' || isSafe(c)) {
            name.appendCodePoint(c);
          } else {
            appendEncoded(Character.toString(c), name);
          }
        });
    return tidy(name.toString());
  }

  private static boolean isSafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> UNSAFE.indexOf(c) < 0;
    };
  }

  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
    boolean port = stem.startsWith("com") || stem.startsWith("lpt");
    return DEVICES.contains(stem)
        || (port && stem.length() == 4 && "0123456789¹²³".indexOf(stem.charAt(3)) >= 0);
  }

  private static String encodeAll(String text) {
    StringBuilder out = new StringBuilder();
    appendEncoded(text, out);
    return out.toString();
  }

  private static void appendEncoded(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      appendEncoded(b, out);
    }
  }

  static void appendEncoded(byte b, StringBuilder out) {
    out.append('%').append(HEX.toHexDigits(b));
  }

  /** Inserts a hash before the extension, and shortens the name if necessary. */
  static String mark(String name, String hash) {
    String extension = extension(name);
    String stem = name.substring(0, name.length() - extension.length());
    int room = MOST_BYTES - extension.length() - 1 - hash.length();
    return cut(stem, room) + "~" + hash + extension;
  }

  /** Whether a name looks like one with a hash. */
  static boolean looksMarked(String name) {
    int end = name.length() - extension(name).length();
    int tilde = end - HASH_CHARS - 1;
    return tilde >= 0 && name.charAt(tilde) == '~' && UrlHash.isHash(name, tilde + 1, end);
  }

  /** The extension with its dot; empty without an extension. */
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    int length = name.length() - dot - 1;
    if (dot <= 0 || length < 1 || length > MOST_EXTENSION) {
      return "";
    }
    for (int i = dot + 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x80 || !Character.isLetterOrDigit(c)) {
        return "";
      }
    }
    return name.substring(dot);
  }

  static boolean fits(String name) {
    return length(name) <= MOST_BYTES;
  }

  static int length(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Shortens a name without splitting a character or escape. */
  static String cut(String name, int mostBytes) {
    if (length(name) <= mostBytes) {
      return name;
    }
    int end = 0;
    int bytes = 0;
    while (end < name.length()) {
      int c = name.codePointAt(end);
      boolean escape = c == '%' && end + 3 <= name.length();
      int chars = escape ? 3 : Character.charCount(c);
      bytes += escape ? 3 : length(Character.toString(c));
      if (bytes > mostBytes) {
        return tidy(name.substring(0, end).stripTrailing());
      }
      end += chars;
    }
    return name;
  }
}
