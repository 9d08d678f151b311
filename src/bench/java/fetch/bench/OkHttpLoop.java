package fetch.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches a list with OkHttp and virtual threads, and nothing else. A yardstick for what fetch adds
 * to a request: it has no retries, limits, records or checks, and trusts every certificate.
 */
public final class OkHttpLoop {
  private static final int IDLE_CONNECTIONS = 4096;
  private static final int KEEP_ALIVE_SECONDS = 90;

  private final OkHttpClient client;
  private final BufferedReader urls;
  private final PrintStream out;

  private OkHttpLoop(OkHttpClient client, BufferedReader urls, PrintStream out) {
    this.client = client;
    this.urls = urls;
    this.out = out;
  }

  /**
   * Prints the status and size of each response.
   *
   * @param args the number of workers, and a file with a URL on each line
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    Path list = Path.of(args[1]);
    try (BufferedReader urls = Files.newBufferedReader(list);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      OkHttpLoop loop = new OkHttpLoop(client(isSecure(list)), urls, out);
      for (int workers = Integer.parseInt(args[0]); workers > 0; workers--) {
        threads.execute(loop::work);
      }
    }
  }

  private static boolean isSecure(Path list) throws IOException {
    try (BufferedReader urls = Files.newBufferedReader(list)) {
      String first = urls.readLine();
      return first != null && first.startsWith("https:");
    }
  }

  private static OkHttpClient client(boolean secure) throws GeneralSecurityException {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectionPool(
                new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS));
    if (!secure) { // without the set-up of TLS
      return builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
    }
    X509TrustManager everyone = new Everyone();
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {everyone}, new SecureRandom());
    return builder
        .sslSocketFactory(tls.getSocketFactory(), everyone)
        .hostnameVerifier((host, session) -> true)
        .build();
  }

  private void work() {
    for (String url = next(); url != null; url = next()) {
      try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
        int size = response.body().bytes().length;
        out.println(response.code() + " " + size + " " + url);
      } catch (IOException e) {
        out.println("--- 0 " + url + " " + e);
      }
    }
  }

  private String next() {
    synchronized (urls) {
      try {
        return urls.readLine();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Trusts every server. */
  private static final class Everyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
