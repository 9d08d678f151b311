package fetch.http.wire;

import java.io.IOException;

/** A TLS socket that shows the state of its encrypted input. */
public interface EncryptedSocket {
  /** The number of received bytes that TLS has not decrypted. */
  int undecrypted() throws IOException;

  /** Whether the peer ended TLS with a close_notify (RFC 8446, section 6.1). */
  boolean isEndConfirmed();
}
