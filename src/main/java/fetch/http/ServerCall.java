package fetch.http;

import fetch.FailureKind;
import java.io.IOException;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.connection.Exchange;
import okhttp3.internal.http.RealInterceptorChain;
import okhttp3.internal.http2.ConnectionShutdownException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and awaits its answer, as the last interceptor of a chain. OkHttp's own would
 * pass over interim answers (RFC 9110, section 15.2) without end.
 */
final class ServerCall implements Interceptor {
  private static final int MOST_INTERIM = 100;
  private static final int SWITCHING_PROTOCOLS = 101;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Exchange exchange = Objects.requireNonNull(((RealInterceptorChain) chain).getExchange$okhttp());
    IOException unsent = send(chain.request(), exchange);
    try {
      return answer(chain.request(), exchange);
    } catch (IOException e) {
      if (unsent == null || Http1Rules.isHttp2(exchange.getConnection$okhttp())) {
        throw e; // what ended a connection of HTTP/2 is known to who reads from it
      }
      unsent.addSuppressed(e);
      throw unsent;
    }
  }

  /**
   * Sends the request, whose body is empty. Returns why it could not be sent to its end, which an
   * answer may yet explain.
   */
  private static @Nullable IOException send(Request request, Exchange exchange) throws IOException {
    try {
      exchange.writeRequestHeaders(request);
      exchange.noRequestBody();
      exchange.finishRequest();
      return null;
    } catch (ConnectionShutdownException e) {
      throw e;
    } catch (IOException e) {
      if (exchange.getHasFailure$okhttp()) {
        return e;
      }
      throw e;
    }
  }

  private static Response answer(Request request, Exchange exchange) throws IOException {
    Response head = head(request, exchange);
    for (int interim = 1; isInterim(head.code()); interim++) {
      if (interim > MOST_INTERIM) {
        exchange.getConnection$okhttp().cancel();
        throw new FailedTransfer(
            FailureKind.PROTOCOL, "there are more than " + MOST_INTERIM + " interim answers");
      }
      head = head(request, exchange);
    }
    exchange.responseHeadersEnd(head);
    if (head.code() == SWITCHING_PROTOCOLS) {
      throw new FailedTransfer(FailureKind.PROTOCOL, "the server switched to another protocol");
    }
    if ("close".equalsIgnoreCase(request.header("Connection"))) {
      exchange.noNewExchangesOnConnection();
    }
    Response whole = head.newBuilder().body(exchange.openResponseBody(head)).build();
    return Http1Rules.isHttp2(exchange.getConnection$okhttp()) ? Http2Rules.framed(whole) : whole;
  }

  private static Response head(Request request, Exchange exchange) throws IOException {
    Response.Builder head = Objects.requireNonNull(exchange.readResponseHeaders(false));
    return head.request(request).build();
  }

  private static boolean isInterim(int status) {
    return status >= 100 && status < 200 && status != SWITCHING_PROTOCOLS;
  }
}
