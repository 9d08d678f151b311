package fetch.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who we are. Nothing of TLS is set up before the first https URL asks for it.
 *
 * @param insecure whether any certificate will do
 * @param authorities the certificates to trust, null for the runtime's own
 * @param identity the client certificate and its key, null for none
 * @param library what speaks TLS
 * @param log is told what users should know; called by any thread
 */
public record Tls(
    boolean insecure,
    @Nullable KeyStore authorities,
    @Nullable ClientIdentity identity,
    TlsLibrary library,
    Consumer<String> log) {

  /** With native code where there is some, and without a log. */
  public Tls(boolean insecure, @Nullable KeyStore authorities, @Nullable ClientIdentity identity) {
    this(insecure, authorities, identity, TlsLibrary.NATIVE, message -> {});
  }

  /** The same, with a log. */
  public Tls loggingTo(Consumer<String> other) {
    return new Tls(insecure, authorities, identity, library, other);
  }

  /**
   * Reads the certificates of a PEM file (RFC 7468). What cannot be used is a {@link
   * java.nio.file.FileSystemException} that names the file and the reason.
   */
  public static KeyStore authorities(Path file) throws IOException {
    byte[] contents = ClientIdentity.contents(file);
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(contents));
      if (certificates.isEmpty()) {
        throw ClientIdentity.complaint(file, "holds no certificate in PEM");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int n = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + n++, certificate);
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw ClientIdentity.complaint(file, "holds no certificate in PEM, or a damaged one");
    }
  }

  /** The same, without the client certificate. */
  Tls withoutIdentity() {
    return identity == null ? this : new Tls(insecure, authorities, null, library, log);
  }

  ServerTrust trust() throws GeneralSecurityException {
    if (insecure) {
      return ServerTrust.inAnyone();
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return ServerTrust.of(x509);
      }
    }
    throw new GeneralSecurityException("the runtime has no X.509 trust manager");
  }

  TlsSockets sockets(ServerTrust trust, boolean taps) throws GeneralSecurityException {
    return new TlsSockets(this, trust, taps);
  }

  /** BoringSSL, null where it cannot be used, or not with the client certificate. */
  @Nullable BoringSslContext boringSsl(ServerTrust trust) throws GeneralSecurityException {
    boolean usual = identity == null || identity.isOfUsualAlgorithm();
    if (!usual || library == TlsLibrary.JDK || !BoringSsl.isAvailable()) {
      return null;
    }
    BoringSslContext context = new BoringSslContext(trust, identity);
    return identity == null || context.takesIdentity() ? context : null;
  }

  /** Java's own. */
  SSLContext java(ServerTrust trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(), new TrustManager[] {trust}, new SecureRandom());
    return context;
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
    if (identity == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(identity.store(), identity.password().toCharArray());
    return factory.getKeyManagers();
  }
}
