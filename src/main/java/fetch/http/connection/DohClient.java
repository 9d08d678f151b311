package fetch.http.connection;

import fetch.http.certificate.HostNames;
import fetch.http.certificate.ServerTrust;
import fetch.http.okhttp.ConnectionTasks;
import fetch.http.settings.TlsSettings;
import fetch.http.tls.Tls;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Creates the OkHttp client for DNS over HTTPS: without a proxy, without the user's certificate and
 * pins, and always with certificates checked, as in curl.
 */
public final class DohClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private DohClient() {}

  /**
   * Creates the client.
   *
   * @param settings used for the authorities and for what TLS offers
   */
  public static OkHttpClient of(TlsSettings settings) {
    Tls tls = new Tls(new TlsSettings(false, settings.authorities(), null).with(settings.offer()));
    Dispatcher dispatcher =
        new Dispatcher(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("doh-", 1).factory()));
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    OkHttpClient.Builder builder = ConnectionTasks.runIn(new OkHttpClient.Builder());
    try {
      ServerTrust trust = tls.trust();
      builder.sslSocketFactory(tls.sockets(trust, false), trust);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java runtime cannot set up TLS", e);
    }
    OkHttpClient client =
        builder
            .proxy(Proxy.NO_PROXY)
            .dispatcher(dispatcher)
            .followRedirects(false)
            .callTimeout(PATIENCE)
            .build();
    return client.newBuilder().hostnameVerifier(new HostNames(client.hostnameVerifier())).build();
  }
}
