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
 * States which servers to trust, and which certificate to present. Immutable; costs nothing before
 * the first https URL.
 *
 * @param insecure whether to accept any certificate
 * @param authorities the certificates to trust, null for the runtime's own
 * @param identity the client certificate and its key, null for none
 * @param offer the versions and cipher suites to offer
 * @param pins the public keys that servers may have, even if any certificate is accepted
 * @param library the TLS library to use
 * @param log receives notices for the user; called by any thread
 */
public record TlsSettings(
    boolean insecure,
    @Nullable KeyStore authorities,
    @Nullable ClientIdentity identity,
    TlsOffer offer,
    PublicKeyPins pins,
    TlsLibrary library,
    Consumer<String> log) {

  /** Uses native code if available, accepts any key, and has no log. */
  public TlsSettings(
      boolean insecure, @Nullable KeyStore authorities, @Nullable ClientIdentity identity) {
    this(insecure, authorities, identity, TlsLibrary.NATIVE, message -> {});
  }

  /** Offers the defaults and accepts any key. */
  public TlsSettings(
      boolean insecure,
      @Nullable KeyStore authorities,
      @Nullable ClientIdentity identity,
      TlsLibrary library,
      Consumer<String> log) {
    this(insecure, authorities, identity, TlsOffer.ALL, PublicKeyPins.NONE, library, log);
  }

  /** Returns a copy with other versions and cipher suites. */
  public TlsSettings with(TlsOffer other) {
    return new TlsSettings(insecure, authorities, identity, other, pins, library, log);
  }

  /** Returns a copy that accepts these public keys only. */
  public TlsSettings with(PublicKeyPins other) {
    return new TlsSettings(insecure, authorities, identity, offer, other, library, log);
  }

  /** Returns a copy with a log. */
  public TlsSettings loggingTo(Consumer<String> other) {
    return new TlsSettings(insecure, authorities, identity, offer, pins, library, other);
  }

  /**
   * Reads the certificates of a PEM file (RFC 7468). Throws a {@link
   * java.nio.file.FileSystemException} with the file and the reason if it is unusable.
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

  /** Returns a copy with another client certificate; null for none. */
  public TlsSettings withIdentity(@Nullable ClientIdentity other) {
    return Objects.equals(other, identity)
        ? this
        : new TlsSettings(insecure, authorities, other, offer, pins, library, log);
  }
}
