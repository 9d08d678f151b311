package fetch.http.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * States which servers to trust, and with which certificate to identify. Immutable; costs nothing
 * before the first https URL.
 *
 * @param insecure whether any certificate will do
 * @param authorities the certificates to trust, null for the runtime's own
 * @param identity the client certificate and its key, null for none
 * @param offer the versions and cipher suites that servers are offered
 * @param pins the public keys that servers may have, also where any certificate will do
 * @param library what speaks TLS
 * @param log is told what users should know; called by any thread
 */
public record TlsSettings(
    boolean insecure,
    @Nullable KeyStore authorities,
    @Nullable ClientIdentity identity,
    TlsOffer offer,
    PublicKeyPins pins,
    TlsLibrary library,
    Consumer<String> log) {

  /** With native code where there is some, for any key, and without a log. */
  public TlsSettings(
      boolean insecure, @Nullable KeyStore authorities, @Nullable ClientIdentity identity) {
    this(insecure, authorities, identity, TlsLibrary.NATIVE, message -> {});
  }

  /** With all that is offered by default, for any key. */
  public TlsSettings(
      boolean insecure,
      @Nullable KeyStore authorities,
      @Nullable ClientIdentity identity,
      TlsLibrary library,
      Consumer<String> log) {
    this(insecure, authorities, identity, TlsOffer.ALL, PublicKeyPins.NONE, library, log);
  }

  /** The same, with other versions and cipher suites. */
  public TlsSettings with(TlsOffer other) {
    return new TlsSettings(insecure, authorities, identity, other, pins, library, log);
  }

  /** The same, for these public keys only. */
  public TlsSettings with(PublicKeyPins other) {
    return new TlsSettings(insecure, authorities, identity, offer, other, library, log);
  }

  /** The same, with a log. */
  public TlsSettings loggingTo(Consumer<String> other) {
    return new TlsSettings(insecure, authorities, identity, offer, pins, library, other);
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

  /** The same, with another client certificate; null for none. */
  public TlsSettings withIdentity(@Nullable ClientIdentity other) {
    return Objects.equals(other, identity)
        ? this
        : new TlsSettings(insecure, authorities, other, offer, pins, library, log);
  }
}
