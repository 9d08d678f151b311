package fetch.http.http2;

import fetch.FailureKind;
import fetch.http.call.CallEvents;
import fetch.http.call.FailedTransfer;
import fetch.http.call.Unprocessed;
import fetch.http.field.RepeatedFields;
import fetch.http.okhttp.HttpStream;
import fetch.http.okhttp.StreamResets;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rules of HTTP/2 (RFC 9113) that OkHttp leaves out.
 *
 * <ul>
 *   <li>Finds out whether the server may have acted on a failed request (section 8.7).
 *   <li>A malformed header section is a failure (section 8.2).
 *   <li>Some responses end with their header section, whatever their Content-Length.
 * </ul>
 */
public final class Http2Rules {
  /**
   * How long to wait for the end of a stream, which a server may send in a separate frame after the
   * header section.
   */
  private static final long END_GRACE_MILLIS = 200;

  private static final int SWITCHING_PROTOCOLS = 101;

  private Http2Rules() {}

  /**
   * Sends a request. If sending fails, the reader of the connection determines whether it was sent.
   */
  public static void send(Request request, HttpStream stream) throws IOException {
    FrameWatch frames = FrameWatch.of(stream.connection());
    if (frames != null && !frames.beginRequest()) {
      stream.closeToOthers();
      throw new Unprocessed("the server closed the connection before the request was sent", null);
    }
    CallEvents events = CallEvents.of(request);
    boolean begun = false;
    try {
      sends(true, events);
      if (stream.isCanceled()) {
        throw new IOException("Canceled");
      }
      if (frames != null && RepeatedFields.haveStrayBytes(request)) {
        frames.rewriteRequests();
      }
      begin(request, stream);
      begun = true; // before that, there is no stream to read from
      end(frames);
      stream.finish(request);
    } catch (IOException e) {
      if (!begun || !stream.hasFailed()) {
        throw e;
      }
    } finally {
      sends(false, events);
      if (!begun) {
        end(frames);
      }
    }
  }

  private static void end(@Nullable FrameWatch frames) {
    if (frames != null) {
      frames.endRequest();
    }
  }

  private static void sends(boolean begins, @Nullable CallEvents events) {
    if (events != null) {
      events.sends(begins);
    }
  }

  private static void begin(Request request, HttpStream stream) throws IOException {
    try {
      stream.write(request);
    } catch (IOException e) {
      if (HttpStream.isShutdown(e)) {
        throw new Unprocessed("the server is closing the connection", e);
      }
      SocketException lost = new SocketException("it was closed while the request was sent");
      lost.initCause(e);
      throw lost;
    }
  }

  /** The failure instead of a first header section, if the stream was reset. */
  public static IOException explain(IOException e) {
    return StreamResets.codeOf(e) == StreamResets.REFUSED_STREAM
        ? new Unprocessed("the server refused the request without processing it", e)
        : e;
  }

  /** Fails if a header section is malformed (RFC 9113, sections 8.2.1 and 8.3). */
  public static void check(Response head, HttpStream stream) throws IOException {
    if (!head.message().isEmpty()) {
      throw malformed("the :status is not three digits");
    }
    Headers fields = head.headers();
    String objection = SectionInput.objection(fields);
    if (objection != null) {
      throw malformed(objection);
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!isName(fields.name(i)) || !isValue(fields.value(i))) {
        throw malformed("a header field has invalid characters");
      }
    }
    if (isInterim(head.code()) && stream.hasEnded()) {
      throw malformed("the stream ended after an interim response");
    }
  }

  /** Whether a final response follows one with this status (RFC 9110, section 15.2). */
  public static boolean isInterim(int status) {
    return status >= 100 && status < 200 && status != SWITCHING_PROTOCOLS;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == ':') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isValue(String value) {
    return value.indexOf('\0') < 0 && value.indexOf('\r') < 0 && value.indexOf('\n') < 0;
  }

  public static FailedTransfer malformed(String what) {
    return new FailedTransfer(FailureKind.PROTOCOL, InvalidFrames.sentence(what));
  }

  /**
   * The response without its body, if the status allows none (RFC 9110, sections 15.3.5 and
   * 15.4.5). A Content-Length is then ignored.
   */
  public static Response framed(Response response) {
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
   * connections with many resets.
   */
  private static void awaitEnd(BufferedSource source) {
    source.timeout().timeout(END_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    try {
      source.exhausted();
    } catch (IOException e) {
      // The response was complete already.
    }
  }
}
