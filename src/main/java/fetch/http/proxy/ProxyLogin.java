package fetch.http.proxy;

import fetch.http.settings.RequestSettings.Credentials;
import java.io.IOException;
import java.net.PasswordAuthentication;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Tells proxies who we are (RFC 9110, section 11.7), without waiting to be asked. */
public final class ProxyLogin implements Interceptor {
  static final String HEADER = "Proxy-Authorization";

  private final Credentials credentials;

  public ProxyLogin(Credentials credentials) {
    this.credentials = credentials;
  }

  /** For requests that the proxy itself forwards. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    return chain.proceed(request.isHttps() ? request : withLogin(request));
  }

  private Request withLogin(Request request) {
    return request.newBuilder().header(HEADER, credentials.basic()).build();
  }

  /** SOCKS is the JDK's business, which asks one authenticator for the whole process. */
  public static void useForSocks(Credentials credentials) {
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
