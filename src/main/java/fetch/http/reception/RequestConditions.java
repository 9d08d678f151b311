package fetch.http.reception;

import java.util.List;
import okhttp3.Request;

/**
 * Recognizes requests that the user has made conditional or limited to a range (RFC 9110, sections
 * 13.1 and 14.2).
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

  /** An opaque-tag (RFC 9110, section 8.8.3), which may have any bytes from 0x80. */
  public static final String OPAQUE_TAG = "\"[\\x21\\x23-\\x7e\\x{80}-\\x{10ffff}]*\"";

  private RequestConditions() {}

  /**
   * Adds a field to a request.
   *
   * @param value may represent bytes that are not ASCII
   */
  public static Request with(String name, String value, Request request) {
    return request
        .newBuilder()
        .headers(request.headers().newBuilder().addUnsafeNonAscii(name, value).build())
        .build();
  }

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
