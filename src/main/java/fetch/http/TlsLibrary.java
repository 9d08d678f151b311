package fetch.http;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;

/** Whose TLS carries the connections. Nothing of either is loaded before it is asked for. */
public enum TlsLibrary {
  /**
   * BoringSSL, where there is native code for this platform, and the JDK's elsewhere. A handshake
   * takes a third of the processor time that the JDK's takes, and a body a tenth.
   */
  NATIVE(3) { // with a pipe for each connection, of use to Conscrypt's own sockets only
    @Override
    SSLContext newContext() throws NoSuchAlgorithmException {
      return Conscrypt.isAvailable()
          ? SSLContext.getInstance("TLS", Conscrypt.newProvider())
          : JDK.newContext();
    }
  },
  JDK(1) {
    @Override
    SSLContext newContext() throws NoSuchAlgorithmException {
      return SSLContext.getInstance("TLS");
    }
  };

  private final int descriptors;

  TlsLibrary(int descriptors) {
    this.descriptors = descriptors;
  }

  /** How many file descriptors a connection takes. */
  int descriptors() {
    return descriptors;
  }

  abstract SSLContext newContext() throws NoSuchAlgorithmException;
}
