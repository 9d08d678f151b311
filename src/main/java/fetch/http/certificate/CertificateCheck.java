package fetch.http.certificate;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What the server of one connection presented, and whether it is accepted. The thread that makes
 * the handshake notes and judges; any may ask.
 */
public final class CertificateCheck {
  private final CertificateJudge judge;
  private volatile @Nullable Presented presented;

  private record Presented(List<X509Certificate> certificates, String keyExchange) {}

  CertificateCheck(CertificateJudge judge) {
    this.judge = judge;
  }

  void note(X509Certificate[] certificates, String keyExchange) {
    presented = new Presented(List.of(certificates), keyExchange);
  }

  /** Whether there are certificates that are not accepted, or not yet. */
  public boolean isPending() {
    return presented != null;
  }

  /** Judges what is pending. */
  public void judge() throws SSLHandshakeException {
    Presented pending = presented;
    if (pending == null) {
      return;
    }
    try {
      judge.judge(pending.certificates(), pending.keyExchange());
      presented = null;
    } catch (CertificateException e) {
      throw new SSLHandshakeException("the certificates are refused", e);
    } catch (RuntimeException e) { // the runtime reads some parts only when it needs them
      throw new SSLHandshakeException(
          "the certificates are refused", new CertificateParsingException(e));
    }
  }
}
