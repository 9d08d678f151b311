package fetch;

/**
 * Masks passwords in URLs (the userinfo of RFC 3986, section 3.2.1) before they are printed. A user
 * name without a password is masked too, as it may be an access token.
 */
public final class Redaction {
  private static final String MASK = "***";

  private Redaction() {}

  /**
   * Masks the secret of a well-formed URL. A URL without a secret is returned as the same string
   * object.
   */
  public static String ofUrl(String url) {
    int start = authorityStart(url);
    int end = start;
    while (end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int at = url.lastIndexOf('@', end - 1);
    if (at <= start) {
      return url;
    }
    int colon = url.indexOf(':', start);
    boolean hasPassword = colon >= 0 && colon < at - 1;
    return url.substring(0, hasPassword ? colon + 1 : start) + MASK + url.substring(at);
  }

  /**
   * Masks possible secrets in text that did not parse as a URL: from the first colon after the
   * scheme to the last at sign, and the part of an authority before its at sign.
   */
  public static String ofText(String text) {
    int start = authorityStart(text);
    int at = text.lastIndexOf('@');
    int colon = at < start ? -1 : text.indexOf(':', start);
    boolean mayHavePassword = colon >= 0 && colon < at;
    return ofUrl(mayHavePassword ? text.substring(0, colon + 1) + MASK + text.substring(at) : text);
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
}
