package fetch.http.certificate;

import java.security.cert.CertificateException;

/**
 * Thrown if the certificates of a server are rejected; the message is a sentence with the reason.
 */
public final class UntrustedCertificate extends CertificateException {
  private static final long serialVersionUID = 1;

  UntrustedCertificate(String sentence) {
    super(sentence);
  }
}
