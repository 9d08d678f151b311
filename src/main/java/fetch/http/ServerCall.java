package fetch.http;

import fetch.FailureKind;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.connection.Exchange;
import okhttp3.internal.connection.RealConnection;
import okhttp3.internal.http.RealInterceptorChain;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and awaits its response, as the last interceptor of a chain. OkHttp's own would
 * pass over interim responses (RFC 9110, section 15.2) without end.
 */
final class ServerCall implements Interceptor {
  private static final int MOST_INTERIM = 100;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int LEAST_STATUS = 100;
  private static final int MOST_STATUS = 599;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Exchange exchange = Objects.requireNonNull(((RealInterceptorChain) chain).getExchange$okhttp());
    Request request = chain.request();
    return Connections.isHttp2(exchange.getConnection$okhttp())
        ? overHttp2(request, exchange)
        : overHttp1(chain, request, exchange);
  }

  private static Response overHttp1(Chain chain, Request request, Exchange exchange)
      throws IOException {
    IOException unsent = send(request, exchange);
    RealConnection connection = exchange.getConnection$okhttp();
    HeaderSection section = new HeaderSection(Connections.source(chain, connection));
    try {
      Response first = head(read(exchange, section), request, exchange);
      Response head = finalHead(first, exchange, section);
      return whole(head, exchange);
    } catch (IOException e) {
      if (unsent == null) {
        throw e;
      }
      unsent.addSuppressed(e);
      throw unsent;
    }
  }

  private static Response overHttp2(Request request, Exchange exchange) throws IOException {
    Http2Rules.send(request, exchange);
    Response.Builder first;
    try {
      first = read(exchange, null);
    } catch (StreamResetException e) {
      throw Http2Rules.explain(e);
    }
    Response head = finalHead(head(first, request, exchange), exchange, null);
    return Http2Rules.framed(whole(head, exchange));
  }

  /**
   * Sends the request, whose body is empty. Returns why not all of it could be sent, which a
   * response may yet explain.
   */
  private static @Nullable IOException send(Request request, Exchange exchange) throws IOException {
    try {
      exchange.writeRequestHeaders(request);
      exchange.noRequestBody();
      exchange.finishRequest();
      return null;
    } catch (IOException e) {
      if (exchange.getHasFailure$okhttp()) {
        return e;
      }
      throw e;
    }
  }

  /** The header section that follows the interim ones. */
  private static Response finalHead(
      Response first, Exchange exchange, @Nullable HeaderSection section) throws IOException {
    Response head = first;
    for (int interim = 1; isInterim(head.code()); interim++) {
      if (interim > MOST_INTERIM) {
        exchange.cancel();
        throw new FailedTransfer(
            FailureKind.PROTOCOL, "there are more than " + MOST_INTERIM + " interim responses");
      }
      head = head(read(exchange, section), head.request(), exchange);
    }
    return head;
  }

  private static Response whole(Response head, Exchange exchange) throws IOException {
    exchange.responseHeadersEnd(head);
    if (head.code() == SWITCHING_PROTOCOLS) {
      throw new FailedTransfer(FailureKind.PROTOCOL, "the server switched to another protocol");
    }
    if ("close".equalsIgnoreCase(head.request().header("Connection"))) {
      exchange.noNewExchangesOnConnection();
    }
    return head.newBuilder().body(exchange.openResponseBody(Framing.of(head))).build();
  }

  private static Response head(Response.Builder builder, Request request, Exchange exchange)
      throws IOException {
    int status = builder.getCode$okhttp();
    if (status < LEAST_STATUS || status > MOST_STATUS) {
      exchange.cancel();
      throw new FailedTransfer(
          FailureKind.PROTOCOL, "not HTTP: the status is not between 100 and 599: " + status);
    }
    Response head = builder.request(request).build();
    if (Connections.isHttp2(exchange.getConnection$okhttp())) {
      Http2Rules.check(head, exchange);
    }
    return head;
  }

  /**
   * Reads a header section.
   *
   * @param section checks those of HTTP/1.1; null for HTTP/2
   */
  private static Response.Builder read(Exchange exchange, @Nullable HeaderSection section)
      throws IOException {
    if (section != null) {
      await(section, exchange);
    }
    try {
      return Objects.requireNonNull(exchange.readResponseHeaders(false));
    } catch (ProtocolException e) {
      if (Connections.isHttp2(exchange.getConnection$okhttp())) {
        throw Http2Rules.malformed("the :status is missing or not three digits");
      }
      throw e;
    }
  }

  /** Has OkHttp know of a failure, as it does of its own: it tries other addresses first then. */
  private static void await(HeaderSection section, Exchange exchange) throws IOException {
    try {
      section.await();
    } catch (IOException e) {
      exchange.getConnection$okhttp().trackFailure(exchange.getCall$okhttp(), e);
      throw e;
    }
  }

  static boolean isInterim(int status) {
    return status >= 100 && status < 200 && status != SWITCHING_PROTOCOLS;
  }
}
