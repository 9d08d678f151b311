package fetch.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Certificates for test servers. */
public final class Certificates {
  /** The authority that signs what tests are to trust. */
  public static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().commonName("Test CA").certificateAuthority(0).build();

  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private Certificates() {}

  /** A server's own, signed by the authority. */
  public static HandshakeCertificates server(String host) {
    return serving(signed(host).build());
  }

  public static HandshakeCertificates expired(String host) {
    long now = System.currentTimeMillis();
    return serving(signed(host).validityInterval(now - 2 * DAY, now - DAY).build());
  }

  public static HandshakeCertificates notYetValid(String host) {
    long now = System.currentTimeMillis();
    return serving(signed(host).validityInterval(now + DAY, now + 2 * DAY).build());
  }

  public static HandshakeCertificates selfSigned(String host) {
    return serving(new HeldCertificate.Builder().addSubjectAlternativeName(host).build());
  }

  /** A server's own, which trusts one client. */
  public static HandshakeCertificates trusting(String host, X509Certificate client) {
    return new HandshakeCertificates.Builder()
        .heldCertificate(signed(host).build())
        .addTrustedCertificate(client)
        .build();
  }

  private static HeldCertificate.Builder signed(String host) {
    return new HeldCertificate.Builder().addSubjectAlternativeName(host).signedBy(AUTHORITY);
  }

  private static HandshakeCertificates serving(HeldCertificate certificate) {
    return new HandshakeCertificates.Builder()
        .heldCertificate(certificate)
        .addTrustedCertificate(AUTHORITY.certificate())
        .build();
  }

  /** What trusts the authority and nobody else. */
  public static KeyStore authorities() {
    return trusting(AUTHORITY.certificate());
  }

  public static KeyStore trusting(X509Certificate certificate) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", certificate);
      return store;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
