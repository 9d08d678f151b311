package fetch.http.certificate;

import fetch.http.settings.PublicKeyPins;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Records the certificates that a server presents; the thread of the handshake judges them later.
 * During the callback a TLS library holds locks that closing the connection needs, and native code
 * pins the carrier of a virtual thread. Safe for many threads.
 */
public final class ServerTrust extends X509ExtendedTrustManager {
  private static final X509Certificate[] NO_ISSUERS = {};

  private final @Nullable X509TrustManager runtime;
  private final @Nullable CertificateJudge judge;
  private final PublicKeyPins pins;

  @SuppressWarnings("ThreadLocalUsage") // one per run
  private final ThreadLocal<@Nullable CertificateCheck> current = new ThreadLocal<>();

  private ServerTrust(
      @Nullable X509TrustManager runtime, @Nullable CertificateJudge judge, PublicKeyPins pins) {
    this.runtime = runtime;
    this.judge = judge;
    this.pins = pins;
  }

  /**
   * Accepts the certificates that the runtime accepts, if they are strong enough and have one of
   * the keys.
   */
  public static ServerTrust of(X509TrustManager runtime, PublicKeyPins pins) {
    return new ServerTrust(runtime, new CertificateJudge(runtime), pins);
  }

  /** For {@code --insecure}: accepts every certificate with one of the keys, as the user asked. */
  public static ServerTrust inAnyone(PublicKeyPins pins) {
    return new ServerTrust(null, null, pins);
  }

  private boolean judges() {
    return judge != null || !pins.isEmpty();
  }

  /** Begins a handshake on the calling thread; null if there is nothing to judge. */
  public @Nullable CertificateCheck begin() {
    CertificateCheck check = judges() ? new CertificateCheck(judge, pins) : null;
    current.set(check);
    return check;
  }

  /** Ends the handshake on the calling thread. */
  public void end() {
    current.remove();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    CertificateCheck check = current.get();
    if (check != null) {
      check.note(chain, type);
    } else if (judges()) {
      throw new UntrustedCertificate("the server changed its certificate within a connection");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return runtime == null ? NO_ISSUERS : runtime.getAcceptedIssuers();
  }
}
