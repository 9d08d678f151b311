package fetch.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file name in a Content-Disposition field (RFC 6266). {@code filename*}, with its
 * charset (RFC 8187), takes precedence over {@code filename}. Only the last component of a path
 * counts.
 */
final class DispositionFileName {
  private final String field;
  private int at;
  private @Nullable String plain;
  private @Nullable String extended;

  private DispositionFileName(String field) {
    this.field = field;
  }

  /**
   * The name, which may have any characters but slashes and backslashes; null without one.
   *
   * @param field decoded; null if the response has none
   */
  static @Nullable String of(@Nullable String field) {
    if (field == null) {
      return null;
    }
    DispositionFileName parser = new DispositionFileName(field);
    parser.read();
    String name = lastComponent(parser.extended);
    return name == null ? lastComponent(parser.plain) : name;
  }

  private static @Nullable String lastComponent(@Nullable String path) {
    if (path == null) {
      return null;
    }
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    String stripped = name.strip();
    return stripped.isEmpty() || stripped.chars().allMatch(c -> c == '.') ? null : stripped;
  }

  /** Reads all parameters. Some servers omit the type in front of them. */
  private void read() {
    while (at < field.length()) {
      String name = upTo("=;").strip().toLowerCase(Locale.ROOT);
      if (at < field.length() && field.charAt(at) == '=') {
        at++;
        take(name, value());
      }
      at++; // the semicolon
    }
  }

  /** Takes the first of several parameters with the same name. */
  private void take(String name, String value) {
    if (name.equals("filename") && plain == null) {
      plain = value;
    } else if (name.equals("filename*") && extended == null) {
      extended = decoded(value);
    }
  }

  private String upTo(String ends) {
    int start = at;
    while (at < field.length() && ends.indexOf(field.charAt(at)) < 0) {
      at++;
    }
    return field.substring(start, at);
  }

  /** The value of a parameter; ends at the next semicolon. */
  private String value() {
    int start = at;
    while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
      at++;
    }
    if (at < field.length() && field.charAt(at) == '"') {
      String quoted = quoted();
      String _ = upTo(";");
      return quoted;
    }
    at = start;
    return upTo(";").strip();
  }

  /** A quoted string (RFC 9110, section 5.6.4); an unclosed one extends to the end. */
  private String quoted() {
    StringBuilder text = new StringBuilder();
    for (at++; at < field.length() && field.charAt(at) != '"'; at++) {
      boolean escape = field.charAt(at) == '\\' && at + 1 < field.length();
      text.append(field.charAt(escape ? ++at : at));
    }
    at = Math.min(at + 1, field.length());
    return text.toString();
  }

  /** Decodes {@code charset'language'text}; null if it is invalid. */
  private static @Nullable String decoded(String value) {
    int first = value.indexOf('\'');
    int second = value.indexOf('\'', first + 1);
    byte[] bytes = second < 0 ? null : bytes(value.substring(second + 1));
    if (bytes == null) {
      return null;
    }
    try {
      Charset charset = Charset.forName(value.substring(0, first).strip());
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }

  private static byte @Nullable [] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      } else if (isEscape(text, i)) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        return null;
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isEscape(String text, int at) {
    return at + 3 <= text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
