package fetch.http.field;

import java.util.Set;
import okhttp3.Request;

/** Lists the request fields that repeat parts of a response. */
public final class RepeatedFields {
  /** Their names, in lower case. */
  public static final Set<String> NAMES = Set.of("cookie", "if-none-match", "if-range");

  private RepeatedFields() {}

  /** Whether such a field of a request has bytes that are not UTF-8, which OkHttp cannot send. */
  public static boolean haveStrayBytes(Request request) {
    for (String name : NAMES) {
      String value = request.header(name);
      if (value != null && FieldBytes.hasStray(value)) {
        return true;
      }
    }
    return false;
  }
}
