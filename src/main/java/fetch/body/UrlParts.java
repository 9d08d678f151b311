package fetch.body;

import fetch.FetchRequest;
import fetch.Target;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Splits a URL in normal form.
 *
 * @param url without fragment, password masked
 * @param path with its leading slash
 * @param query without question mark; empty without a query
 * @param common whether the URL has neither query nor user
 */
record UrlParts(
    String url, String scheme, Target target, String path, String query, boolean common) {
  static UrlParts of(FetchRequest request) {
    Target target = request.target();
    String whole = target.url();
    String url = before('#', whole);
    int authority = url.indexOf("://") + 3;
    int path = url.indexOf('/', authority);
    int end = path < 0 ? url.length() : path;
    String rest = url.substring(end);
    int mark = rest.indexOf('?');
    return new UrlParts(
        url,
        url.substring(0, authority - 3),
        target,
        before('?', rest),
        mark < 0 ? "" : rest.substring(mark + 1),
        mark < 0 && url.lastIndexOf('@', end) < authority);
  }

  private static String before(char end, String text) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  /** The last segment of the path, as written; empty if the path ends with a slash. */
  String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Decodes percent-encoding; returns the same text if it is not UTF-8. */
  static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    ByteBuffer bytes = ByteBuffer.allocate(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      int value = segment.charAt(i) == '%' ? hex(segment, i + 1) : -1;
      bytes.put((byte) (value < 0 ? segment.charAt(i) : value));
      i += value < 0 ? 0 : 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return segment;
    }
  }

  private static int hex(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Whether a segment is spelled as OkHttp spells its text; other spellings may mean the same. */
  static boolean isUsualSpelling(String segment, String text) {
    StringBuilder usual = new StringBuilder(segment.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f && "\"<>^`{}|/\\?#%".indexOf(b) < 0) {
        usual.append((char) b);
      } else {
        SafeName.appendEncoded(b, usual);
      }
    }
    return usual.toString().equals(segment);
  }
}
