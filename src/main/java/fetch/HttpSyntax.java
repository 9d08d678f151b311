package fetch;

import java.util.Locale;
import java.util.Set;

/** Checks the syntax of methods and header fields (RFC 9110, section 5). */
public final class HttpSyntax {
  private static final String OTHERS = "!#$%&'*+-.^_`|~";

  /** Fields that determine where a message ends, in lower case. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Idempotent methods of RFC 9110 (section 9.2.2) and RFC 4918. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND", "QUERY");

  private HttpSyntax() {}

  /** Whether a request may be repeated although the server may have acted on it. */
  public static boolean isIdempotent(String method) {
    return IDEMPOTENT.contains(method);
  }

  /**
   * Whether a header belongs to the connection rather than the request (RFC 9110, section 7.6.1).
   * With a user's value, the server could take the body for the next request.
   */
  public static boolean isFraming(String name) {
    return FRAMING.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the text is a token, as methods and header names are (section 5.6.2). */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && OTHERS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether the text is a valid header value (section 5.5), in UTF-8. */
  public static boolean isValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
