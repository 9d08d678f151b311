package fetch.http.proxy;

import fetch.HeaderLine;
import fetch.http.settings.ProxyServer;
import fetch.http.settings.RequestSettings.Credentials;
import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Adds the proxy's own fields to requests: credentials (RFC 9110, section 11.7), without waiting
 * for a challenge, and the user's header fields.
 */
public final class ProxyLogin implements Interceptor {
  private static final String HEADER = "Proxy-Authorization";

  private final ProxyServer server;
  private final List<HeaderLine> headers;

  /**
   * @param headers the user's own
   */
  public ProxyLogin(ProxyServer server, List<HeaderLine> headers) {
    this.server = server;
    this.headers = headers;
  }

  /** Handles requests that the proxy itself forwards. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    return chain.proceed(request.isHttps() ? request : withHeaders(request));
  }

  /** Adds the fields to CONNECT, or to a forwarded request. */
  Request withHeaders(Request request) {
    Request.Builder builder = request.newBuilder();
    Credentials credentials = server.credentials();
    if (credentials != null) {
      builder.header(HEADER, credentials.basic());
    }
    for (HeaderLine line : headers) {
      builder.removeHeader(line.name());
    }
    for (HeaderLine line : headers) {
      String value = line.value();
      if (value != null) {
        builder.addHeader(line.name(), value);
      }
    }
    return builder.build();
  }
}
