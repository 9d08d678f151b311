package fetch.warc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and edits the head of an HTTP/1.1 message (RFC 9112, section 2.1) as bytes. */
final class MessageHead {
  private static final List<String> SECRETS =
      List.of("authorization", "cookie", "proxy-authorization");

  /** The first digit of the status code, after {@code HTTP/1.1} and a space. */
  private static final int CLASS_OF_STATUS = 9;

  private static final int USUAL_BYTES = 512;

  /** More than fetch accepts from a server. */
  private static final int MOST_BYTES = 1024 * 1024;

  private static final byte[] MASK = "***".getBytes(StandardCharsets.US_ASCII);

  private MessageHead() {}

  /** The last of several heads: interim responses come before the final one (RFC 9110, 15.2). */
  static byte[] last(byte[] heads) {
    if (heads.length <= CLASS_OF_STATUS || heads[CLASS_OF_STATUS] != '1') {
      return heads;
    }
    int start = 0;
    for (int end = end(heads, 0); end < heads.length; end = end(heads, end)) {
      start = end;
    }
    return start == 0 ? heads : Arrays.copyOfRange(heads, start, heads.length);
  }

  /** The end of the head that begins here: after its first empty line. */
  private static int end(byte[] bytes, int from) {
    int lineStart = from;
    int end = lineEnd(bytes, from);
    while (end < bytes.length && !isEmpty(bytes, lineStart, end)) {
      lineStart = end;
      end = lineEnd(bytes, end);
    }
    return end;
  }

  private static int lineEnd(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, bytes.length);
  }

  private static boolean isEmpty(byte[] bytes, int start, int end) {
    return end - start == 1 || (end - start == 2 && bytes[start] == '\r');
  }

  /** The head of a message; the whole message if it has no empty line. */
  static byte[] read(InputStream message) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(USUAL_BYTES);
    InputStream in = new BufferedInputStream(message);
    int previous = '\n';
    int length = 2; // of the line, without its line feed; the first is never empty
    for (int b = in.read(); b >= 0 && head.size() < MOST_BYTES; b = in.read()) {
      head.write(b);
      if (b == '\n' && (length == 0 || (length == 1 && previous == '\r'))) {
        break;
      }
      length = b == '\n' ? 0 : length + 1;
      previous = b;
    }
    return head.toByteArray();
  }

  /** The status code of a response; 0 if there is none. */
  static int status(byte[] head) {
    int status = 0;
    for (int at = CLASS_OF_STATUS; at < CLASS_OF_STATUS + 3; at++) {
      int digit = at < head.length ? head[at] - '0' : -1;
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = 10 * status + digit;
    }
    return status;
  }

  /**
   * The value of the last field with this name; null if there is none.
   *
   * @param name in lower case
   */
  static @Nullable String lastValue(String name, byte[] head) {
    String value = null;
    int start = lineEnd(head, 0);
    while (start < head.length) {
      int colon = colon(head, start);
      int end = lineEnd(head, start);
      boolean named = colon < end && head[colon] == ':';
      if (named && name.equals(text(head, start, colon).strip())) {
        value = decoded(Arrays.copyOfRange(head, colon + 1, end)).strip();
      }
      start = end;
    }
    return value;
  }

  private static String decoded(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return new String(value, StandardCharsets.ISO_8859_1);
    }
  }

  /** The length of the head at the beginning of a message. */
  static int end(byte[] message) {
    return end(message, 0);
  }

  /** A request with the values of secret header fields replaced, and its body unchanged. */
  static byte[] requestWithoutSecrets(byte[] request) {
    int end = end(request);
    if (end == request.length) {
      return withoutSecrets(request);
    }
    byte[] head = withoutSecrets(Arrays.copyOf(request, end));
    byte[] whole = Arrays.copyOf(head, head.length + request.length - end);
    System.arraycopy(request, end, whole, head.length, request.length - end);
    return whole;
  }

  /** The head with secret values masked. */
  static byte[] withoutSecrets(byte[] head) {
    byte[] kept = head;
    int start = lineEnd(kept, 0);
    while (start < kept.length) {
      int colon = colon(kept, start);
      if (isSecret(kept, start, colon)) {
        kept = masked(kept, colon + 1, lineEnd(kept, start));
      }
      start = lineEnd(kept, start);
    }
    return kept;
  }

  private static int colon(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != ':' && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static boolean isSecret(byte[] bytes, int start, int end) {
    for (String secret : SECRETS) {
      if (secret.length() == end - start && secret.equals(text(bytes, start, end))) {
        return true;
      }
    }
    return false;
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT);
  }

  private static byte[] masked(byte[] head, int from, int lineEnd) {
    int start = from < lineEnd && head[from] == ' ' ? from + 1 : from;
    int end = lineEnd - (lineEnd > from + 1 && head[lineEnd - 2] == '\r' ? 2 : 1);
    byte[] masked = new byte[start + MASK.length + head.length - end];
    System.arraycopy(head, 0, masked, 0, start);
    System.arraycopy(MASK, 0, masked, start, MASK.length);
    System.arraycopy(head, end, masked, start + MASK.length, head.length - end);
    return masked;
  }
}
