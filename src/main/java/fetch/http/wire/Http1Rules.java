package fetch.http.wire;

import fetch.http.call.CallEvents;
import fetch.http.call.StaleConnection;
import fetch.http.okhttp.Connections;
import fetch.http.okhttp.HttpStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * Applies the rules of HTTP/1.1 (RFC 9112) that OkHttp leaves out.
 *
 * <ul>
 *   <li>Bytes that follow a response, at once or while the connection is idle, are never taken for
 *       the next response: the connection is closed (section 9.2).
 *   <li>A response with an ambiguous length is a failure (section 6.3).
 *   <li>A connection is reused only if both ends allow it (section 9.3).
 * </ul>
 */
public final class Http1Rules implements Interceptor {
  /**
   * After this time it is worth a millisecond to check whether the server has closed the
   * connection.
   */
  private static final long PROBE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int PROBE_MILLIS = 1;

  private final boolean probes;

  /**
   * @param probes whether sockets support read timeouts, so that a probing read returns
   */
  public Http1Rules(boolean probes) {
    this.probes = probes;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection == null || Connections.isHttp2(connection)) {
      return chain.proceed(chain.request());
    }
    BufferedSource source = Connections.source(chain, connection);
    if (isReused(chain.request()) && !isClean(connection, source)) {
      throw new StaleConnection();
    }
    Response response = chain.proceed(chain.request());
    if (!staysOpen(response)) {
      Connections.closeToOthers(connection);
    }
    return framed(response, chain, connection, source);
  }

  private static boolean isReused(Request request) {
    CallEvents events = CallEvents.of(request);
    return events != null && !events.connected();
  }

  private boolean isClean(Connection connection, BufferedSource source) {
    Socket socket = connection.socket();
    try {
      return source.getBuffer().exhausted()
          && socket.getInputStream().available() == 0
          && (!isWorthAProbe(connection) || isSilent(socket, source));
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isWorthAProbe(Connection connection) throws IOException {
    boolean longIdle = System.nanoTime() - Connections.idleSince(connection) > PROBE_AFTER_NANOS;
    boolean unread =
        connection.socket() instanceof EncryptedSocket socket && socket.undecrypted() > 0;
    return probes && (longIdle || unread);
  }

  /**
   * Whether there are neither bytes nor an end of the stream, either of which would be available at
   * once.
   */
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

  private static boolean staysOpen(Response response) {
    List<String> connection = Framing.elements(response.headers("Connection"));
    boolean oldServer = response.protocol() == Protocol.HTTP_1_0;
    boolean chunked = response.header("Transfer-Encoding") != null;
    boolean lengthInDoubt = chunked && (oldServer || response.header("Content-Length") != null);
    return !lengthInDoubt
        && !connection.contains("close")
        && (!oldServer || connection.contains("keep-alive"));
  }

  private static Response framed(
      Response response, Chain chain, Connection connection, BufferedSource source)
      throws IOException {
    if (Framing.isBodiless(response)) {
      if (Framing.announcesTooMuch(response)) {
        Connections.closeToOthers(connection);
      }
      return response;
    }
    ResponseBody body = response.body();
    if (Framing.isChunked(response.headers("Transfer-Encoding"))) {
      return with(ChunkLines.check(body, connection, source), response);
    }
    boolean isLong = body.contentLength() >= LongBody.LEAST;
    return isLong
        ? with(new LongBody(body, HttpStream.of(chain), source), response)
        : CloseDelimitedBody.check(response, connection.socket());
  }

  private static Response with(ResponseBody body, Response response) {
    return response.newBuilder().body(body).build();
  }
}
