package fetch.http.wire;

import fetch.http.field.FieldBytes;
import java.nio.charset.StandardCharsets;
import okhttp3.Request;
import okio.Buffer;
import okio.ByteString;

/**
 * Restores the bytes of the server in request fields that repeat parts of a response. OkHttp writes
 * all fields as UTF-8.
 */
final class RequestBytes {
  private RequestBytes() {}

  /**
   * Replaces what OkHttp wrote for these bytes. A head of more than 8 KiB has been sent in part,
   * and stays unchanged.
   *
   * @param unsent the buffered bytes of the head
   */
  static void restore(Request request, Buffer unsent) {
    String method = request.method() + ' ';
    if (unsent.rangeEquals(0, ByteString.encodeUtf8(method))) {
      String head = new String(unsent.readByteArray(), StandardCharsets.UTF_8);
      unsent.write(FieldBytes.of(head));
    }
  }
}
