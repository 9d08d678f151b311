package fetch.http.settings;

/** The TLS library to use. Classes of either load only when needed. */
public enum TlsLibrary {
  /**
   * BoringSSL if there is native code for this platform, otherwise the JDK's TLS. BoringSSL takes a
   * third of the JDK's processor time for a handshake and a tenth for a body.
   */
  NATIVE,
  JDK
}
