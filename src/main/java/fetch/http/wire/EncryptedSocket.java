package fetch.http.wire;

import java.io.IOException;

/** Tells what a socket with TLS knows of the bytes under it. */
public interface EncryptedSocket {
  /** How many bytes have come that TLS has not decrypted. */
  int undecrypted() throws IOException;

  /** Whether the peer ended TLS with a close_notify (RFC 8446, section 6.1). */
  boolean isEndConfirmed();
}
