package fetch.http.field;

import fetch.HeaderField;
import fetch.Redaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Preserves the bytes of header fields, which need not be UTF-8, although OkHttp's fields are text.
 *
 * <p>Valid UTF-8 becomes the characters that it encodes. Any other byte becomes a private-use
 * character, U+EF80 to U+EFFF for 0x80 to 0xff. If a server sends such a character, its three bytes
 * are kept one by one. So every field can be converted back to its bytes.
 */
public final class FieldBytes {
  private static final char FIRST = '\uef80';
  private static final char LAST = '\uefff';
  private static final int HIGH = 0x80;
  private static final int LAST_BYTE = 0xff;

  /** Fields whose URL may contain a password. */
  private static final Set<String> URLS = Set.of("location", "content-location", "refresh", "link");

  private FieldBytes() {}

  /** The bytes that the server sent. */
  public static byte[] of(String field) {
    if (!hasStray(field)) {
      return field.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(field.length());
    int start = 0;
    for (int i = 0; i <= field.length(); i++) {
      if (i == field.length() || isStray(field.charAt(i))) {
        bytes.writeBytes(field.substring(start, i).getBytes(StandardCharsets.UTF_8));
        start = i + 1;
        if (i < field.length()) {
          bytes.write(field.charAt(i) - FIRST + HIGH);
        }
      }
    }
    return bytes.toByteArray();
  }

  /** A field of a response as {@link #text}, null if it is absent. */
  public static @Nullable String textOf(String name, Response response) {
    String field = response.header(name);
    return field == null ? null : text(field);
  }

  /** The fields in their order. */
  public static List<HeaderField> fields(Headers headers) {
    List<HeaderField> fields = new ArrayList<>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      String value = text(headers.value(i));
      boolean url = URLS.contains(name.toLowerCase(Locale.ROOT));
      fields.add(new HeaderField(text(name), url ? Redaction.ofText(value) : value));
    }
    return fields;
  }

  /** The field for people and records: bytes that are not UTF-8 are read as ISO 8859-1. */
  static String text(String field) {
    if (!hasStray(field)) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      text.append(isStray(c) ? (char) (c - FIRST + HIGH) : c);
    }
    return text.toString();
  }

  /**
   * The fields that {@link #text} may have been made from, the likelier one first: with bytes of
   * ISO 8859-1, and in UTF-8. A field that mixes both is not among them.
   */
  public static List<String> sources(String text) {
    StringBuilder bytes = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes.append(c >= HIGH && c <= LAST_BYTE ? (char) (c - HIGH + FIRST) : c);
    }
    String stray = bytes.toString();
    String encoded = decode(text.getBytes(StandardCharsets.UTF_8));
    boolean possible = !stray.equals(text) && decode(of(stray)).equals(stray);
    return possible ? List.of(stray, encoded) : List.of(encoded);
  }

  /** Whether a field has bytes that are not UTF-8. */
  public static boolean hasStray(String field) {
    for (int i = 0; i < field.length(); i++) {
      if (isStray(field.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The byte that a character represents, -1 for an ordinary character. */
  public static int strayByte(char c) {
    return isStray(c) ? c - FIRST + HIGH : -1;
  }

  private static boolean isStray(char c) {
    return c >= FIRST && c <= LAST;
  }

  /** The field that represents these bytes. */
  public static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      String character = bytes[at] < 0 ? characterAt(at, bytes) : null;
      if (character != null) {
        text.append(character);
        at += length(bytes[at]);
      } else {
        text.append((char) (bytes[at] < 0 ? (bytes[at] & 0xff) - HIGH + FIRST : bytes[at]));
        at++;
      }
    }
    return text.toString();
  }

  /**
   * The multi-byte character at this position, null if there is none or its bytes are kept one by
   * one.
   */
  private static @Nullable String characterAt(int at, byte[] bytes) {
    int length = length(bytes[at]);
    if (length == 0 || at + length > bytes.length) {
      return null;
    }
    byte[] encoded = Arrays.copyOfRange(bytes, at, at + length);
    String character = new String(encoded, StandardCharsets.UTF_8);
    boolean valid = Arrays.equals(character.getBytes(StandardCharsets.UTF_8), encoded);
    return valid && !isStray(character.charAt(0)) ? character : null;
  }

  /** The length of a character by its first byte; 0 if the byte is invalid there. */
  private static int length(byte first) {
    int bits = first & 0xff;
    return bits < 0xc2 ? 0 : bits < 0xe0 ? 2 : bits < 0xf0 ? 3 : bits < 0xf5 ? 4 : 0;
  }
}
