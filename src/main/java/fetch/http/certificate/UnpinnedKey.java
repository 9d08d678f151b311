package fetch.http.certificate;

import java.security.cert.CertificateException;

/** Says in one sentence that a server has another public key than it may have. */
public final class UnpinnedKey extends CertificateException {
  private static final long serialVersionUID = 1;

  UnpinnedKey(String sentence) {
    super(sentence);
  }
}
