package fetch.http.certificate;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The certificates from the server's own to the one that a trusted authority signed, and the
 * trusted certificates with that authority's name and key.
 *
 * <p>Searches like OpenSSL: trusted certificates first, without backtracking. That takes one step
 * for each certificate. Trying all paths takes exponential time if certificates sign each other.
 *
 * @param certificates the server's own first
 * @param anchors at least one
 */
record CertificatePath(List<X509Certificate> certificates, List<X509Certificate> anchors) {
  private static final String SUBJECT_KEY_ID = "2.5.29.14";
  private static final String AUTHORITY_KEY_ID = "2.5.29.35";
  private static final int KEY_ID = 0x80;

  /**
   * Finds a path.
   *
   * @param presented what the server sent, its own certificate first and the others in any order
   * @param trusted the certificates to trust, by subject
   */
  static CertificatePath find(
      List<X509Certificate> presented, Map<X500Principal, List<X509Certificate>> trusted)
      throws UntrustedCertificate {
    List<X509Certificate> path = new ArrayList<>();
    X509Certificate last = presented.getFirst();
    path.add(last);
    if (trusted.getOrDefault(last.getSubjectX500Principal(), List.of()).contains(last)) {
      return new CertificatePath(path, List.of(last));
    }
    while (true) {
      List<X509Certificate> anchors = issuers(last, trusted);
      if (!anchors.isEmpty()) {
        return new CertificatePath(path, anchors);
      }
      X509Certificate next = issuer(last, presented, path);
      if (next == null) {
        throw new UntrustedCertificate("the certificate's issuer is unknown");
      }
      path.add(next);
      last = next;
    }
  }

  private static List<X509Certificate> issuers(
      X509Certificate certificate, Map<X500Principal, List<X509Certificate>> trusted) {
    return trusted.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
        .filter(candidate -> mayHaveKeyThatSigned(candidate, certificate))
        .toList();
  }

  /** The issuer of a certificate; prefers a currently valid one. */
  private static @Nullable X509Certificate issuer(
      X509Certificate certificate, List<X509Certificate> presented, List<X509Certificate> path) {
    X509Certificate found = null;
    for (X509Certificate candidate : presented) {
      boolean issuer =
          candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
              && !path.contains(candidate)
              && mayHaveKeyThatSigned(candidate, certificate);
      if (issuer && isValid(candidate)) {
        return candidate;
      }
      found = issuer && found == null ? candidate : found;
    }
    return found;
  }

  private static boolean isValid(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return true;
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      return false;
    }
  }

  /** Compares key identifiers if both have one (RFC 5280, section 4.2.1.1). */
  private static boolean mayHaveKeyThatSigned(X509Certificate issuer, X509Certificate signed) {
    byte[] wanted = signed.getExtensionValue(AUTHORITY_KEY_ID);
    byte[] own = issuer.getExtensionValue(SUBJECT_KEY_ID);
    byte[] wantedKey = wanted == null ? null : keyIdOf(wanted);
    if (wantedKey == null || own == null || own.length < 4) {
      return true;
    }
    return Arrays.equals(wantedKey, Arrays.copyOfRange(own, 4, own.length));
  }

  /** The key identifier in an extension: the first value of the sequence in an octet string. */
  private static byte @Nullable [] keyIdOf(byte[] extension) {
    boolean begins =
        extension.length > 6
            && extension[1] >= 0
            && extension[3] >= 0
            && (extension[4] & 0xff) == KEY_ID
            && extension[5] >= 0
            && 6 + extension[5] <= extension.length;
    return begins ? Arrays.copyOfRange(extension, 6, 6 + extension[5]) : null;
  }
}
