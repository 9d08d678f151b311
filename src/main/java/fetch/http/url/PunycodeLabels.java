package fetch.http.url;

import java.util.Locale;

/**
 * Finds host names whose labels in Punycode (RFC 3492) a parser has changed. Such a label is not
 * valid (RFC 5891, section 5.4), and the changed name is another host: {@code xn--foo-} is not
 * {@code foo}.
 */
final class PunycodeLabels {
  private static final String PREFIX = "xn--";
  private static final String AUTHORITY_ENDS = "/\\?#";

  private PunycodeLabels() {}

  /**
   * Whether a host lacks a Punycode label of the URL that it was read from.
   *
   * @param text a URL, absolute or relative
   */
  static boolean areChanged(String text, String host) {
    String authority = authority(text);
    String labels = '.' + host + '.';
    int label = authority.indexOf(PREFIX);
    while (label >= 0) {
      int end = labelEnd(authority, label);
      boolean whole = label == 0 || authority.charAt(label - 1) == '.';
      if (whole && !labels.contains('.' + authority.substring(label, end) + '.')) {
        return true;
      }
      label = authority.indexOf(PREFIX, end);
    }
    return false;
  }

  private static int labelEnd(String authority, int label) {
    int end = label;
    while (end < authority.length() && ".:".indexOf(authority.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** The host and port in lower case; empty if the URL has none. */
  private static String authority(String text) {
    int start = text.regionMatches(true, 0, "http", 0, 4) ? text.indexOf(':') + 1 : 0;
    int end = start;
    while (end < text.length() && isSlash(text.charAt(end))) {
      end++;
    }
    boolean relative = start == 0 && end < 2;
    start = end;
    while (end < text.length() && AUTHORITY_ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = relative ? "" : text.substring(start, end);
    return authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }
}
