package fetch.http.okhttp;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Connection;
import okhttp3.Interceptor.Chain;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.internal.connection.Exchange;
import okhttp3.internal.http.RealInterceptorChain;
import okhttp3.internal.http2.ConnectionShutdownException;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Writes one request and reads its response on a connection, step by step. For the thread of the
 * call, except for {@link #cancel}.
 */
public final class HttpStream {
  private final Exchange exchange;

  private HttpStream(Exchange exchange) {
    this.exchange = exchange;
  }

  /** The stream of a call with a connection, as in a network interceptor. */
  public static HttpStream of(Chain chain) {
    return new HttpStream(
        Objects.requireNonNull(((RealInterceptorChain) chain).getExchange$okhttp()));
  }

  public Connection connection() {
    return exchange.getConnection$okhttp();
  }

  public boolean isHttp2() {
    return Connections.isHttp2(connection());
  }

  /** Whether the call was cancelled. */
  public boolean isCanceled() {
    return exchange.getCall$okhttp().isCanceled();
  }

  /** Whether writing or reading failed before. */
  public boolean hasFailed() {
    return exchange.getHasFailure$okhttp();
  }

  /** Writes the request line and the header fields, possibly to a buffer. */
  public void write(Request request) throws IOException {
    exchange.writeRequestHeaders(request);
  }

  /** Sends the buffered part of a request, and its body. */
  public void finish(Request request) throws IOException {
    RequestBody body = request.body();
    if (body == null || body.contentLength() == 0) {
      exchange.noRequestBody();
    } else {
      try (BufferedSink sink = Okio.buffer(exchange.createRequestBody(request, false))) {
        body.writeTo(sink);
      }
    }
    exchange.finishRequest();
  }

  /** Whether a request was not written because the server is closing its HTTP/2 connection. */
  public static boolean isShutdown(IOException e) {
    return e instanceof ConnectionShutdownException;
  }

  /**
   * Reads a header section.
   *
   * @throws java.net.ProtocolException if it has no valid status
   */
  public Response.Builder read() throws IOException {
    return Objects.requireNonNull(exchange.readResponseHeaders(false));
  }

  /** The status code of a response that is not built yet. */
  public static int status(Response.Builder response) {
    return response.getCode$okhttp();
  }

  /** Whether an HTTP/2 stream has ended with the header section that was read. */
  public boolean hasEnded() throws IOException {
    return exchange.peekTrailers() != null;
  }

  /** Reports that the final header section was read. */
  public void headEnds(Response response) {
    exchange.responseHeadersEnd(response);
  }

  /** The body, with the length in the header fields of this response. */
  public ResponseBody body(Response response) throws IOException {
    return exchange.openResponseBody(response);
  }

  /**
   * Releases the connection after its body was read past OkHttp. Returns the failure that ends the
   * call.
   */
  public @Nullable IOException bodyEnds(long bytes, @Nullable IOException failure) {
    return exchange.bodyComplete(bytes, false, true, false, failure);
  }

  /** Counts a failure of the connection; OkHttp then tries other addresses first. */
  public void countFailure(IOException e) {
    exchange.getConnection$okhttp().trackFailure(exchange.getCall$okhttp(), e);
  }

  /** Closes the connection to further calls. */
  public void closeToOthers() {
    exchange.noNewExchangesOnConnection();
  }

  /** Ends the stream: resets it in HTTP/2, closes the connection in HTTP/1.1. */
  public void cancel() {
    exchange.cancel();
  }
}
