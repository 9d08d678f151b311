package fetch.http.okhttp;

import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor.Chain;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.connection.RealConnection;
import okhttp3.internal.http.ExchangeCodec;
import okhttp3.internal.http.RealInterceptorChain;
import okio.BufferedSink;
import okio.BufferedSource;

/** Reads and changes the state of OkHttp's connections. Safe for many threads. */
public final class Connections {
  private Connections() {}

  /** Whether a connection speaks HTTP/2. */
  public static boolean isHttp2(Connection connection) {
    Protocol protocol = connection.protocol();
    return protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
  }

  /**
   * The source that OkHttp reads a connection from. OkHttp passes it to codecs only, so this
   * creates one to get it.
   *
   * @param chain of a network interceptor
   */
  public static BufferedSource source(Chain chain, Connection connection) throws IOException {
    return (BufferedSource) codec(chain, connection).getSocket().getSource();
  }

  /** The sink of an HTTP/1.1 connection, obtained in the same way. */
  public static BufferedSink sink(Chain chain, Connection connection) throws IOException {
    return (BufferedSink) codec(chain, connection).getSocket().getSink();
  }

  private static ExchangeCodec codec(Chain chain, Connection connection) throws IOException {
    OkHttpClient client = ((RealCall) chain.call()).getClient();
    return ((RealConnection) connection).newCodec$okhttp(client, (RealInterceptorChain) chain);
  }

  /** Closes a connection to further calls. Current calls continue. */
  public static void closeToOthers(Connection connection) {
    ((RealConnection) connection).noNewExchanges();
  }

  /** Closes a connection, which fails all its calls. */
  public static void cancel(Connection connection) {
    ((RealConnection) connection).cancel();
  }

  /** When a connection last became idle, by {@link System#nanoTime}. */
  public static long idleSince(Connection connection) {
    return ((RealConnection) connection).getIdleAtNs();
  }
}
