package fetch.http.tls;

import fetch.http.boringssl.BoringSsl;
import fetch.http.boringssl.BoringSslContext;
import fetch.http.certificate.ServerTrust;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.TlsLibrary;
import fetch.http.settings.TlsSettings;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Sets up TLS by the settings, at the first https URL. Safe for many threads. */
public final class Tls {
  private final TlsSettings settings;

  public Tls(TlsSettings settings) {
    this.settings = settings;
  }

  TlsSettings settings() {
    return settings;
  }

  public ServerTrust trust() throws GeneralSecurityException {
    if (settings.insecure()) {
      return ServerTrust.inAnyone(settings.pins());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(settings.authorities());
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return ServerTrust.of(x509, settings.pins());
      }
    }
    throw new GeneralSecurityException("the runtime has no X.509 trust manager");
  }

  public TlsSockets sockets(ServerTrust trust, boolean taps) throws GeneralSecurityException {
    return new TlsSockets(this, trust, taps);
  }

  /** BoringSSL; null if it is unavailable or does not support the client certificate. */
  @Nullable BoringSslContext boringSsl(ServerTrust trust) throws GeneralSecurityException {
    ClientIdentity identity = settings.identity();
    boolean usual = identity == null || identity.isOfUsualAlgorithm();
    if (!usual || settings.library() == TlsLibrary.JDK || !BoringSsl.isAvailable()) {
      return null;
    }
    BoringSslContext context = new BoringSslContext(trust, settings.offer(), identity);
    return identity == null || context.takesIdentity() ? context : null;
  }

  /** The JDK's TLS. */
  SSLContext java(ServerTrust trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(), new TrustManager[] {trust}, new SecureRandom());
    return context;
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
    ClientIdentity identity = settings.identity();
    if (identity == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(identity.store(), identity.password().toCharArray());
    return factory.getKeyManagers();
  }
}
