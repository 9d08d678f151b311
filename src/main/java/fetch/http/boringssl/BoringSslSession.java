package fetch.http.boringssl;

import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The parameters agreed on in a handshake.
 *
 * @param protocol the version of TLS
 * @param cipherSuite by its registered name
 * @param certificates the server's own first
 */
record BoringSslSession(
    String host,
    int port,
    String protocol,
    String cipherSuite,
    List<X509Certificate> certificates,
    long created)
    implements SSLSession {
  /** The session before a handshake. */
  static BoringSslSession none(String host, int port) {
    return new BoringSslSession(host, port, "NONE", "SSL_NULL_WITH_NULL_NULL", List.of(), 0);
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    if (certificates.isEmpty()) {
      throw new SSLPeerUnverifiedException("the server has no certificate");
    }
    return certificates.toArray(new Certificate[0]);
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return ((X509Certificate) getPeerCertificates()[0]).getSubjectX500Principal();
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return null;
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return null;
  }

  @Override
  public String getCipherSuite() {
    return cipherSuite;
  }

  @Override
  public String getProtocol() {
    return protocol;
  }

  @Override
  public String getPeerHost() {
    return host;
  }

  @Override
  public int getPeerPort() {
    return port;
  }

  @Override
  public int getPacketBufferSize() {
    return RecordBuffers.BYTES;
  }

  @Override
  public int getApplicationBufferSize() {
    return RecordBuffers.BYTES;
  }

  @Override
  public byte[] getId() {
    return new byte[0];
  }

  @Override
  public @Nullable SSLSessionContext getSessionContext() {
    return null;
  }

  @Override
  public long getCreationTime() {
    return created;
  }

  @Override
  public long getLastAccessedTime() {
    return created;
  }

  @Override
  public void invalidate() {}

  @Override
  public boolean isValid() {
    return true;
  }

  @Override
  public void putValue(String name, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object getValue(String name) {
    return null;
  }

  @Override
  public void removeValue(String name) {}

  @Override
  public String[] getValueNames() {
    return new String[0];
  }
}
