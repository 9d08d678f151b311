package fetch.http.okhttp;

import okhttp3.internal.http2.StreamResetException;

/** Reads the error codes of streams that were reset (RFC 9113, section 7). */
public final class StreamResets {
  public static final int PROTOCOL_ERROR = 0x1;
  public static final int INTERNAL_ERROR = 0x2;
  public static final int FLOW_CONTROL_ERROR = 0x3;
  public static final int REFUSED_STREAM = 0x7;
  public static final int HTTP_1_1_REQUIRED = 0xd;

  /** The largest code that OkHttp knows. */
  public static final int LAST_CODE = HTTP_1_1_REQUIRED;

  private static final int NONE = -1;

  private StreamResets() {}

  /** Whether an exception reports a stream that was reset, by the server or by OkHttp. */
  public static boolean isReset(Throwable e) {
    return e instanceof StreamResetException;
  }

  /** The error code of a reset; -1 for other exceptions. */
  public static int codeOf(Throwable e) {
    return e instanceof StreamResetException reset ? reset.errorCode.getHttpCode() : NONE;
  }

  /** The name of the error code of a reset, such as CANCEL; empty for other exceptions. */
  public static String nameOf(Throwable e) {
    return e instanceof StreamResetException reset ? reset.errorCode.name() : "";
  }
}
