package fetch.http.certificate;

import fetch.http.settings.PublicKeyPins;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the certificates that the server of one connection presented, and whether they are
 * accepted. The thread of the handshake sets and judges them; any thread may query the state.
 */
public final class CertificateCheck {
  private final @Nullable CertificateJudge judge;
  private final PublicKeyPins pins;
  private volatile @Nullable Presented presented;

  private record Presented(List<X509Certificate> certificates, String keyExchange) {}

  /**
   * @param judge null to accept any certificate
   * @param pins the public keys that the server may have
   */
  CertificateCheck(@Nullable CertificateJudge judge, PublicKeyPins pins) {
    this.judge = judge;
    this.pins = pins;
  }

  void note(X509Certificate[] certificates, String keyExchange) {
    presented = new Presented(List.of(certificates), keyExchange);
  }

  /** Whether there are certificates that are rejected or not judged yet. */
  public boolean isPending() {
    return presented != null;
  }

  /** Judges pending certificates. */
  public void judge() throws SSLHandshakeException {
    Presented pending = presented;
    if (pending == null) {
      return;
    }
    try {
      if (judge != null) {
        judge.judge(pending.certificates(), pending.keyExchange());
      }
      checkKey(pending.certificates().getFirst().getPublicKey());
      presented = null;
    } catch (CertificateException e) {
      throw new SSLHandshakeException("the certificates are refused", e);
    } catch (RuntimeException e) { // the runtime parses some parts lazily
      throw new SSLHandshakeException(
          "the certificates are refused", new CertificateParsingException(e));
    }
  }

  private void checkKey(PublicKey key) throws UnpinnedKey {
    if (!pins.accepts(key)) {
      throw new UnpinnedKey(
          "the server's public key is not the pinned one: it is " + PublicKeyPins.pin(key));
    }
  }
}
