package fetch.http;

import fetch.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.internal.connection.Exchange;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.connection.RealConnection;
import okhttp3.internal.http.ExchangeCodec;
import okhttp3.internal.http.RealInterceptorChain;
import okio.BufferedSource;

/**
 * What HTTP/1.1 (RFC 9112) asks of a client beyond what OkHttp does.
 *
 * <ul>
 *   <li>Bytes that follow a response, at once or while the connection is idle, are never taken for
 *       the answer to the next request: such a connection is given up (section 9.2).
 *   <li>A response whose length is in doubt is a failure (section 6.3).
 *   <li>A connection is used again only if both ends said so (section 9.3).
 * </ul>
 */
final class Http1Rules implements Interceptor {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private static final int MOST_IN_HEADER = 256 * 1024;

  /** So many digits always fit in a long. */
  private static final int MOST_DIGITS = 18;

  /** After such a pause it is worth a millisecond to see whether the server has hung up. */
  private static final long PROBE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int PROBE_MILLIS = 1;

  private final boolean probes;

  /**
   * @param probes whether sockets have read timeouts, so that they can be asked for bytes in vain
   */
  Http1Rules(boolean probes) {
    this.probes = probes;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    RealConnection connection = (RealConnection) chain.connection();
    if (connection == null || isHttp2(connection)) {
      return chain.proceed(chain.request());
    }
    BufferedSource source = source(chain, connection);
    if (isReused(chain.request()) && !isClean(chain, connection, source)) {
      throw new StaleConnection();
    }
    Response response = proceed(chain, source);
    if (response.headers().byteCount() > MOST_IN_HEADER) {
      throw tooLargeHeader(); // OkHttp counts no ends of lines, which may be all there is
    }
    if (!staysOpen(response)) {
      connection.noNewExchanges();
    }
    return framed(response, (RealInterceptorChain) chain, source);
  }

  static boolean isHttp2(Connection connection) {
    Protocol protocol = connection.protocol();
    return protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
  }

  private static boolean isReused(Request request) {
    CallEvents events = request.tag(CallEvents.class);
    return events != null && !events.connected();
  }

  /** What the connection reads from. OkHttp shows it to codecs only, so one is made for it. */
  static BufferedSource source(Chain chain, RealConnection connection) throws IOException {
    OkHttpClient client = ((RealCall) chain.call()).getClient();
    ExchangeCodec codec = connection.newCodec$okhttp(client, (RealInterceptorChain) chain);
    return (BufferedSource) codec.getSocket().getSource();
  }

  private boolean isClean(Chain chain, RealConnection connection, BufferedSource source) {
    Socket socket = connection.socket();
    try {
      return source.getBuffer().exhausted()
          && socket.getInputStream().available() == 0
          && (!isWorthAProbe(chain, connection) || isSilent(socket, source));
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isWorthAProbe(Chain chain, RealConnection connection) throws IOException {
    boolean longIdle = System.nanoTime() - connection.getIdleAtNs() > PROBE_AFTER_NANOS;
    boolean unread =
        chain.getSslSocketFactoryOrNull() instanceof TlsSockets sockets
            && sockets.unread(connection.socket()) > 0;
    return probes && (longIdle || unread);
  }

  /** Whether there are neither bytes nor the end of the stream, which would be there at once. */
  private static boolean isSilent(Socket socket, BufferedSource source) throws IOException {
    int timeout = socket.getSoTimeout();
    socket.setSoTimeout(PROBE_MILLIS);
    try {
      source.request(1);
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(timeout);
    }
  }

  private static Response proceed(Chain chain, BufferedSource source) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (IOException e) {
      if (e.getCause() instanceof EOFException cut && !isEnd(cut, source)) {
        throw tooLargeHeader();
      }
      throw e;
    }
  }

  static FailedTransfer tooLargeHeader() {
    return new FailedTransfer(FailureKind.PROTOCOL, "the header section is larger than 256 KiB");
  }

  /** Whether a line was cut by the end of the stream, and not by the limit on header sections. */
  static boolean isEnd(EOFException cut, BufferedSource source) {
    return Failures.says(cut, "limit=" + source.getBuffer().size() + " ");
  }

  private static boolean staysOpen(Response response) {
    List<String> connection = elements(response.headers("Connection"));
    boolean oldServer = response.protocol() == Protocol.HTTP_1_0;
    boolean chunked = response.header("Transfer-Encoding") != null;
    boolean lengthInDoubt = chunked && (oldServer || response.header("Content-Length") != null);
    return !lengthInDoubt
        && !connection.contains("close")
        && (!oldServer || connection.contains("keep-alive"));
  }

  private static Response framed(
      Response response, RealInterceptorChain chain, BufferedSource source) throws IOException {
    Exchange exchange = Objects.requireNonNull(chain.getExchange$okhttp());
    RealConnection connection = exchange.getConnection$okhttp();
    return switch (response.code()) {
      case NO_CONTENT, NOT_MODIFIED -> bodiless(response, connection);
      default -> {
        if (response.request().method().equals("HEAD")) {
          yield response;
        }
        ResponseBody body = response.body();
        if (isChunked(response)) {
          yield with(ChunkLines.check(body, connection, source), response);
        }
        boolean isLong = body.contentLength() >= LongBody.LEAST;
        yield isLong
            ? with(new LongBody(body, exchange, source), response)
            : UntilClose.check(response, connection.socket());
      }
    };
  }

  private static Response with(ResponseBody body, Response response) {
    return response.newBuilder().body(body).build();
  }

  /** These end with their header section, whatever it says about a body that is to follow. */
  private static Response bodiless(Response response, RealConnection connection) {
    if (response.body().contentLength() == 0) {
      return response;
    }
    connection.cancel();
    response.close();
    return response.newBuilder().body(ResponseBody.EMPTY).build();
  }

  /** Whether the body comes in chunks; if not, its length is beyond doubt. */
  private static boolean isChunked(Response response) throws FailedTransfer {
    List<String> codings = elements(response.headers("Transfer-Encoding"));
    if (Collections.frequency(codings, "identity") == codings.size()) {
      checkContentLength(response.headers("Content-Length"));
      return false;
    }
    boolean sameToOkHttp = "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
    if (!codings.equals(List.of("chunked")) || !sameToOkHttp) {
      throw new FailedTransfer(
          FailureKind.PROTOCOL,
          "the Transfer-Encoding is not 'chunked' alone: " + String.join(", ", codings));
    }
    return true;
  }

  private static void checkContentLength(List<String> values) throws FailedTransfer {
    for (String value : values) {
      if (!value.equals(values.getFirst())) {
        throw new FailedTransfer(
            FailureKind.PROTOCOL, "the Content-Lengths differ: " + String.join(", ", values));
      }
      if (!isLength(value)) {
        throw new FailedTransfer(
            FailureKind.PROTOCOL, "the Content-Length is not a number: " + value);
      }
    }
  }

  /** Whether it is a number of digits only that fits. */
  private static boolean isLength(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= MOST_DIGITS;
  }

  /** The elements of a list-based field (RFC 9110, section 5.6.1), in lower case. */
  private static List<String> elements(List<String> fieldValues) {
    List<String> elements = new ArrayList<>(fieldValues.size());
    for (String value : fieldValues) {
      for (String element : value.split(",", -1)) {
        if (!element.isBlank()) {
          elements.add(element.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return elements;
  }
}
