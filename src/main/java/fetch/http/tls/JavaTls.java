package fetch.http.tls;

import fetch.http.settings.TlsOffer;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.interfaces.DHKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Configures the JDK's TLS so that it offers nothing weaker than BoringSSL. No DSA, no SHA-1, no
 * SHA-224, and finite-field Diffie-Hellman with at least 2048 bits.
 */
public final class JavaTls {
  private static final String[] GROUPS = {
    "x25519", "secp256r1", "secp384r1", "secp521r1", "x448", "ffdhe2048", "ffdhe3072", "ffdhe4096"
  };
  private static final String[] SIGNATURES = {
    "ed25519",
    "ed448",
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp384r1_sha384",
    "ecdsa_secp521r1_sha512",
    "rsa_pss_rsae_sha256",
    "rsa_pss_rsae_sha384",
    "rsa_pss_rsae_sha512",
    "rsa_pss_pss_sha256",
    "rsa_pss_pss_sha384",
    "rsa_pss_pss_sha512",
    "rsa_pkcs1_sha256",
    "rsa_pkcs1_sha384",
    "rsa_pkcs1_sha512"
  };
  private static final String DSA = "_DSS_";
  private static final String FINITE_FIELDS = "TLS_DHE_";
  private static final int LEAST_DH_BITS = 2048;
  private static final int MOST_BORINGSSL_EC_BITS = 384;

  private JavaTls() {}

  /**
   * Prepares an engine of the JDK's.
   *
   * @param name the server name to send, null for an address
   * @param offer the versions and cipher suites to offer
   */
  public static void prepare(SSLEngine engine, @Nullable String name, TlsOffer offer) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(offer.versions());
    parameters.setCipherSuites(
        Arrays.stream(parameters.getCipherSuites())
            .filter(suite -> isOffered(suite, offer))
            .toArray(String[]::new));
    parameters.setNamedGroups(GROUPS);
    parameters.setSignatureSchemes(SIGNATURES);
    parameters.setAlgorithmConstraints(new LongDhKeys());
    if (name != null) {
      parameters.setServerNames(List.of(new SentName(name)));
    }
    engine.setSSLParameters(parameters);
  }

  private static boolean isOffered(String suite, TlsOffer offer) {
    return suite.startsWith("TLS_AES_")
        || suite.startsWith("TLS_CHACHA20_")
        || (offer.hasOwnCiphers()
            ? offer.ciphers().stream().anyMatch(cipher -> cipher.name().equals(suite))
            : !suite.contains(DSA));
  }

  /**
   * Fails unless the connection uses something that BoringSSL lacks. Anyone on the path can forge
   * the alert that makes BoringSSL's handshake fail. That must not weaken the second handshake: the
   * JDK has no post-quantum key exchange.
   */
  static void checkNeed(SSLSession session) throws SSLHandshakeException {
    try {
      if (!session.getCipherSuite().startsWith(FINITE_FIELDS)
          && isOfBoringSsl(session.getPeerCertificates()[0])) {
        throw new SSLHandshakeException(
            "the server refused a TLS handshake and then accepted a weaker one");
      }
    } catch (SSLPeerUnverifiedException e) {
      throw new SSLHandshakeException("the server has no certificate", e);
    }
  }

  private static boolean isOfBoringSsl(Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    return switch (key) {
      case EdECPublicKey _ -> false;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() <= MOST_BORINGSSL_EC_BITS;
      default -> key.getAlgorithm().equals("RSA");
    };
  }

  /** Rejects short Diffie-Hellman keys, and leaves everything else to the JDK's own constraints. */
  private static final class LongDhKeys implements AlgorithmConstraints {
    @Override
    public boolean permits(
        Set<CryptoPrimitive> uses, String algorithm, @Nullable AlgorithmParameters parameters) {
      return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> uses, Key key) {
      return !(key instanceof DHKey dh) || dh.getParams().getP().bitLength() >= LEAST_DH_BITS;
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> uses,
        String algorithm,
        Key key,
        @Nullable AlgorithmParameters parameters) {
      return permits(uses, key);
    }
  }
}
