package fetch;

/** Masks passwords in URLs (the userinfo of RFC 3986, section 3.2.1), so that none is printed. */
public final class Redaction {
  private static final String MASK = "***";

  private Redaction() {}

  /** Masks the password of a well-formed URL; the very same string when it has none. */
  public static String ofUrl(String url) {
    int start = authorityStart(url);
    int end = start;
    while (end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return mask(url, start, url.lastIndexOf('@', end - 1));
  }

  /**
   * Masks whatever may be a password in text that did not parse as a URL: from the first colon
   * after the scheme to the last at sign.
   */
  public static String ofText(String text) {
    return mask(text, authorityStart(text), text.lastIndexOf('@'));
  }

  private static int authorityStart(String url) {
    int afterColon = url.indexOf(':') + 1;
    int start = skipSlashes(url, afterColon);
    return start > afterColon ? start : skipSlashes(url, 0);
  }

  private static int skipSlashes(String url, int from) {
    int end = from;
    while (end < url.length() && (url.charAt(end) == '/' || url.charAt(end) == '\\')) {
      end++;
    }
    return end;
  }

  private static String mask(String url, int start, int at) {
    int colon = at < start ? -1 : url.indexOf(':', start);
    if (colon < 0 || colon >= at) {
      return url;
    }
    return url.substring(0, colon + 1) + MASK + url.substring(at);
  }
}
