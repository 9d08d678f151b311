package fetch.warc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The lines before the body of an HTTP/1.1 message (RFC 9112, section 2.1), as bytes. */
final class MessageHead {
  private static final List<String> SECRETS =
      List.of("authorization", "cookie", "proxy-authorization");

  /** Where the first digit of a status is: after HTTP/1.1 and a space. */
  private static final int CLASS_OF_STATUS = 9;

  private static final byte[] MASK = "***".getBytes(StandardCharsets.US_ASCII);

  private MessageHead() {}

  /** The last of several heads: interim answers come before the answer (RFC 9110, 15.2). */
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

  /** Where the head ends that begins here: after the first empty line. */
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

  /** The same with other values in place of secret ones. */
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
