package fetch.http.reception;

import java.util.List;
import okhttp3.Request;

/**
 * Recognizes requests that the user has limited to part of a body, or made conditional (RFC 9110,
 * sections 13.1 and 14.2).
 */
public final class RequestConditions {
  /** The header fields of such requests. */
  public static final List<String> FIELDS =
      List.of(
          "Range",
          "If-Range",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since");

  private RequestConditions() {}

  /** Whether a request is a GET for the whole body, without conditions. */
  static boolean isForAll(Request request) {
    return request.method().equals("GET") && !areIn(request);
  }

  /** Whether a request has any of the fields. */
  public static boolean areIn(Request request) {
    for (String name : FIELDS) {
      if (request.header(name) != null) {
        return true;
      }
    }
    return false;
  }
}
