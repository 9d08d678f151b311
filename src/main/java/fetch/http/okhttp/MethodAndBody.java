package fetch.http.okhttp;

import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Lets any method have a body (RFC 9110, section 9.3.1), which OkHttp refuses for GET and HEAD. */
public final class MethodAndBody {
  private MethodAndBody() {}

  /** Sets both. */
  public static void set(Request.Builder request, String method, @Nullable RequestBody body) {
    request.setMethod$okhttp(method);
    request.setBody$okhttp(body);
  }
}
