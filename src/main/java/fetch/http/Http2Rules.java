package fetch.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** What HTTP/2 (RFC 9113) requires of a client beyond what OkHttp does. */
final class Http2Rules {
  /** A server may end a stream in a frame of its own, which follows the header section at once. */
  private static final long END_GRACE_MILLIS = 200;

  private Http2Rules() {}

  /**
   * The response, without its body if the status has none (RFC 9110, sections 15.3.5 and 15.4.5).
   * Its Content-Length, if any, is not that of this response.
   */
  static Response framed(Response response) {
    return switch (response.code()) {
      case HttpURLConnection.HTTP_NO_CONTENT, HttpURLConnection.HTTP_NOT_MODIFIED ->
          bodiless(response);
      default -> response;
    };
  }

  private static Response bodiless(Response response) {
    try (ResponseBody body = response.body()) {
      awaitEnd(body.source());
    }
    return response.newBuilder().body(ResponseBody.EMPTY).build();
  }

  /**
   * Waits a moment for the end of the stream. Closing it earlier would reset it, and servers close
   * connections on which many streams are reset.
   */
  private static void awaitEnd(BufferedSource source) {
    source.timeout().timeout(END_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    try {
      source.exhausted();
    } catch (IOException e) {
      // The response was complete before.
    }
  }
}
