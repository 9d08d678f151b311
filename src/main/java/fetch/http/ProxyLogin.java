package fetch.http;

import fetch.http.RequestSettings.Credentials;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** Tells proxies who we are (RFC 9110, section 11.7), without waiting to be asked. */
final class ProxyLogin implements Authenticator, Interceptor {
  private static final String HEADER = "Proxy-Authorization";

  private final ProxyRules proxies;

  ProxyLogin(ProxyRules proxies) {
    this.proxies = proxies;
  }

  /** For the CONNECT of a tunnel. */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    boolean refused = response.request().header(HEADER) != null;
    Credentials credentials = route == null || refused ? null : credentials(route.proxy());
    return credentials == null ? null : withLogin(response.request(), credentials);
  }

  /** For requests that the proxy itself forwards. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    Request request = chain.request();
    Credentials credentials =
        connection == null || request.isHttps() ? null : credentials(connection.route().proxy());
    return chain.proceed(credentials == null ? request : withLogin(request, credentials));
  }

  private @Nullable Credentials credentials(Proxy proxy) {
    return proxy.type() == Proxy.Type.HTTP ? proxies.credentialsFor(proxy.address()) : null;
  }

  private static Request withLogin(Request request, Credentials credentials) {
    return request.newBuilder().header(HEADER, Requests.basic(credentials)).build();
  }

  /** SOCKS is the JDK's business, which asks one authenticator for the whole process. */
  static void useForSocks(Credentials credentials) {
    java.net.Authenticator.setDefault(
        new java.net.Authenticator() {
          @Override
          protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestingProtocol().startsWith("SOCKS")
                ? new PasswordAuthentication(
                    credentials.user(), credentials.password().toCharArray())
                : null;
          }
        });
  }
}
