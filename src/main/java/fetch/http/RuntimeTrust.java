package fetch.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The Java runtime's judgement of certificates, for connections of any library. TLS 1.3 does not
 * tell how a certificate's key is used (RFC 8446, section 4.2.3): what BoringSSL calls {@code
 * GENERIC} then, the runtime knows as {@code UNKNOWN}.
 */
final class RuntimeTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager runtime;

  RuntimeTrust(X509ExtendedTrustManager runtime) {
    this.runtime = runtime;
  }

  private static String known(String type) {
    return type.equals("GENERIC") ? "UNKNOWN" : type;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    runtime.checkServerTrusted(chain, known(type), engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    runtime.checkServerTrusted(chain, known(type), socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    runtime.checkServerTrusted(chain, known(type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return runtime.getAcceptedIssuers();
  }
}
