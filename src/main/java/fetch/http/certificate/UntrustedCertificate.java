package fetch.http.certificate;

import java.security.cert.CertificateException;

/** Says in one sentence why the certificates of a server are refused. */
public final class UntrustedCertificate extends CertificateException {
  private static final long serialVersionUID = 1;

  UntrustedCertificate(String sentence) {
    super(sentence);
  }
}
