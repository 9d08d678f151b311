package fetch.http.settings;

/** Whose TLS carries the connections. Nothing of either is loaded before it is needed. */
public enum TlsLibrary {
  /**
   * BoringSSL, where there is native code for this platform, and the JDK's elsewhere. A handshake
   * takes a third of the processor time that the JDK's takes, and a body a tenth.
   */
  NATIVE,
  JDK
}
