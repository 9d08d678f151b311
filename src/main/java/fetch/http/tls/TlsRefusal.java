package fetch.http.tls;

import javax.net.ssl.SSLHandshakeException;

/**
 * Thrown if the server refuses the native library's offer. The connection is then made once more
 * with the JDK's TLS, which offers more.
 */
public final class TlsRefusal extends SSLHandshakeException {
  private static final long serialVersionUID = 1;

  TlsRefusal(SSLHandshakeException cause) {
    super(cause.getMessage(), cause);
  }
}
