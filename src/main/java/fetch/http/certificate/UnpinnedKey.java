package fetch.http.certificate;

import java.security.cert.CertificateException;

/** Thrown if a server's public key is not a pinned one; the message is a sentence. */
public final class UnpinnedKey extends CertificateException {
  private static final long serialVersionUID = 1;

  UnpinnedKey(String sentence) {
    super(sentence);
  }
}
