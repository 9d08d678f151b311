package fetch.http.certificate;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which keys and signatures are strong enough: those that OpenSSL accepts at security level
 * 2, of 112 bits (NIST SP 800-57, part 1, table 2). Safe for many threads.
 */
final class CertificateStrength {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int LEAST_EC_BITS = 224;

  /** OpenSSL's maximum; larger keys are slow. */
  private static final int MOST_RSA_BITS = 16_384;

  private static final int MOST_RSA_EXPONENT_BITS = 64;

  private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

  /** RSA and ECDSA with SHA-2 or SHA-3, Ed25519 and Ed448. */
  private static final Set<String> STRONG_SIGNATURES =
      Set.of(
          "1.2.840.113549.1.1.11",
          "1.2.840.113549.1.1.12",
          "1.2.840.113549.1.1.13",
          "1.2.840.113549.1.1.14",
          "1.2.840.10045.4.3.1",
          "1.2.840.10045.4.3.2",
          "1.2.840.10045.4.3.3",
          "1.2.840.10045.4.3.4",
          "2.16.840.1.101.3.4.3.10",
          "2.16.840.1.101.3.4.3.11",
          "2.16.840.1.101.3.4.3.12",
          "2.16.840.1.101.3.4.3.14",
          "2.16.840.1.101.3.4.3.15",
          "2.16.840.1.101.3.4.3.16",
          "1.3.101.112",
          "1.3.101.113");

  /** For messages: the names of common weak algorithms. */
  private static final Map<String, String> WEAK_SIGNATURES =
      Map.of(
          "1.2.840.113549.1.1.2", "MD2 with RSA",
          "1.2.840.113549.1.1.4", "MD5 with RSA",
          "1.2.840.113549.1.1.5", "SHA-1 with RSA",
          "1.3.14.3.2.29", "SHA-1 with RSA",
          "1.2.840.10045.4.1", "SHA-1 with ECDSA",
          "1.2.840.10040.4.3", "SHA-1 with DSA");

  private static final Set<String> STRONG_DIGESTS =
      Set.of("SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA-512/256");

  private CertificateStrength() {}

  /** The weakness of a certificate's key, null for none. */
  static @Nullable String weaknessOf(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> weaknessOfRsa(rsa);
      case ECPublicKey ec when ec.getParams().getOrder().bitLength() < LEAST_EC_BITS ->
          "EC with " + ec.getParams().getOrder().bitLength() + " bits";
      case ECPublicKey _, EdECPublicKey _ -> null;
      default -> key.getAlgorithm();
    };
  }

  private static @Nullable String weaknessOfRsa(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
      return "RSA with " + bits + " bits";
    }
    return key.getPublicExponent().bitLength() > MOST_RSA_EXPONENT_BITS
        ? "RSA with an exponent of " + key.getPublicExponent().bitLength() + " bits"
        : null;
  }

  /** The weakness of the signature on a certificate, null for none. */
  static @Nullable String weaknessOfSignature(X509Certificate certificate) {
    String algorithm = certificate.getSigAlgOID();
    if (algorithm.equals(RSASSA_PSS)) {
      return weaknessOfPss(certificate.getSigAlgParams());
    }
    return STRONG_SIGNATURES.contains(algorithm)
        ? null
        : WEAK_SIGNATURES.getOrDefault(algorithm, certificate.getSigAlgName());
  }

  private static @Nullable String weaknessOfPss(byte @Nullable [] encoded) {
    if (encoded == null) {
      return "RSASSA-PSS with SHA-1"; // the default of RFC 8017, appendix A.2.3
    }
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
      parameters.init(encoded);
      PSSParameterSpec pss = parameters.getParameterSpec(PSSParameterSpec.class);
      String mask =
          pss.getMGFParameters() instanceof MGF1ParameterSpec mgf1
              ? mgf1.getDigestAlgorithm()
              : pss.getMGFAlgorithm();
      return STRONG_DIGESTS.contains(pss.getDigestAlgorithm()) && STRONG_DIGESTS.contains(mask)
          ? null
          : "RSASSA-PSS with " + pss.getDigestAlgorithm() + " and " + mask;
    } catch (GeneralSecurityException | IOException e) {
      return "RSASSA-PSS with unknown parameters";
    }
  }
}
