package fetch.http.tls;

import javax.net.ssl.SSLHandshakeException;

/**
 * The server refused what the native library offered. One more connection to it is made with the
 * JDK's, which offers more.
 */
public final class TlsRefusal extends SSLHandshakeException {
  private static final long serialVersionUID = 1;

  TlsRefusal(SSLHandshakeException cause) {
    super(cause.getMessage(), cause);
  }
}
