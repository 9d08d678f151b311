package fetch.http.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificates of servers as the Java runtime does (RFC 5280, section 6), and at least
 * as strictly as OpenSSL 3 at security level 2. Takes bounded time for any certificates: the
 * runtime gets a complete path, and never searches itself. Safe for many threads.
 */
public final class CertificateJudge {
  /** The limit of JSSE. Public authorities need at most 4. */
  static final int MOST_CERTIFICATES = 10;

  public static final String TOO_MANY =
      "the server sent more than " + MOST_CERTIFICATES + " certificates";

  private static final String TLS_SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String NAME_CONSTRAINTS = "2.5.29.30";
  private static final String POLICIES = "2.5.29.32";
  private static final String POLICY_MAPPINGS = "2.5.29.33";

  /** Limits the comparisons of names with constraints to some millions, as in OpenSSL. */
  private static final long MOST_NAMES_BY_CONSTRAINTS = 50_000_000;

  /**
   * Limits the comparisons of policies; mappings multiply them from one certificate to the next.
   */
  private static final int MOST_POLICY_BYTES = 10_000;

  private static final int MOST_MAPPING_BYTES = 1000;

  private final X509TrustManager runtime;
  private final Map<X500Principal, List<X509Certificate>> trusted;

  CertificateJudge(X509TrustManager runtime) {
    this.runtime = runtime;
    this.trusted =
        Arrays.stream(runtime.getAcceptedIssuers())
            .collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
  }

  /**
   * Returns if the certificates are accepted.
   *
   * @param presented as the server sent them
   * @param keyExchange the use of the server's key, in JSSE's words
   */
  void judge(List<X509Certificate> presented, String keyExchange) throws CertificateException {
    checkSize(presented);
    CertificatePath path = CertificatePath.find(presented, trusted);
    path.certificates().getFirst().checkValidity();
    check(path);
    checkAnchors(path);
    runtime.checkServerTrusted(path.certificates().toArray(new X509Certificate[0]), keyExchange);
  }

  private static void checkSize(List<X509Certificate> presented) throws UntrustedCertificate {
    if (presented.size() > MOST_CERTIFICATES) {
      throw new UntrustedCertificate(TOO_MANY);
    }
    long names = bytes(List.of(presented.getFirst()), ALTERNATIVE_NAMES);
    long constraints = bytes(presented, NAME_CONSTRAINTS);
    if ((names + constraints) * constraints > MOST_NAMES_BY_CONSTRAINTS) {
      throw new UntrustedCertificate("the certificates have too many name constraints");
    }
    if (bytes(presented, POLICIES) > MOST_POLICY_BYTES
        || bytes(presented, POLICY_MAPPINGS) > MOST_MAPPING_BYTES) {
      throw new UntrustedCertificate("the certificates have too many policies");
    }
  }

  private static long bytes(List<X509Certificate> certificates, String extension) {
    long sum = 0;
    for (X509Certificate certificate : certificates) {
      byte[] value = certificate.getExtensionValue(extension);
      sum += value == null ? 0 : value.length;
    }
    return sum;
  }

  private static void check(CertificatePath path) throws UntrustedCertificate {
    X509Certificate own = path.certificates().getFirst();
    for (X509Certificate certificate : path.certificates()) {
      String whose = certificate.equals(own) ? "the certificate" : issuer(certificate);
      throwIf(whose, faultOf(certificate));
      if (!path.anchors().contains(certificate)) { // an anchor needs no signature
        throwIf(whose, faultOfSignature(certificate));
      }
    }
  }

  private static String issuer(X509Certificate certificate) {
    return "the issuing certificate " + certificate.getSubjectX500Principal().getName();
  }

  private static void throwIf(String whose, @Nullable String fault) throws UntrustedCertificate {
    if (fault != null) {
      throw new UntrustedCertificate(whose + fault);
    }
  }

  /**
   * Checks the keys of all trusted certificates with the issuer's name: one of them must be in a
   * good certificate.
   */
  private static void checkAnchors(CertificatePath path) throws UntrustedCertificate {
    List<X509Certificate> good =
        path.anchors().stream().filter(anchor -> faultOf(anchor) == null).toList();
    X509Certificate last = path.certificates().getLast();
    if (good.size() == path.anchors().size() || good.stream().anyMatch(a -> signed(a, last))) {
      return;
    }
    X509Certificate bad =
        path.anchors().stream().filter(anchor -> !good.contains(anchor)).findFirst().orElseThrow();
    throwIf(issuer(bad), faultOf(bad));
  }

  private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The fault of a certificate, whoever signed it; null for none. */
  private static @Nullable String faultOf(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      List<String> uses = certificate.getExtendedKeyUsage();
      if (uses != null && !uses.contains(TLS_SERVER)) {
        return " may not be used for TLS servers";
      }
    } catch (CertificateExpiredException e) {
      return " has expired: " + e.getMessage();
    } catch (CertificateNotYetValidException e) {
      return " is not valid yet: " + e.getMessage();
    } catch (CertificateException e) {
      return " has an extended key usage that cannot be read";
    }
    String weakness = CertificateStrength.weaknessOf(certificate.getPublicKey());
    return weakness == null ? null : " has a key that is not accepted: " + weakness;
  }

  private static @Nullable String faultOfSignature(X509Certificate certificate) {
    String weakness = CertificateStrength.weaknessOfSignature(certificate);
    return weakness == null ? null : " has a signature that is not accepted: " + weakness;
  }
}
