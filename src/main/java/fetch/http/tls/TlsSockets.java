package fetch.http.tls;

import fetch.HostName;
import fetch.http.boringssl.BoringSslContext;
import fetch.http.boringssl.RecordBuffers;
import fetch.http.certificate.ServerTrust;
import fetch.http.settings.TlsCipher;
import fetch.http.url.Addresses;
import fetch.http.url.HostSpelling;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates TLS sockets over connected sockets. Safe for many threads.
 *
 * <p>If a server refuses BoringSSL's offer, one more connection is made with the JDK's TLS. That
 * supports certificates with Ed25519, P-521 and RSA-PSS, and finite-field Diffie-Hellman.
 */
public final class TlsSockets extends SSLSocketFactory {
  /** Bounds memory for long lists. */
  private static final int MOST_REFUSED = 10_000;

  private final Tls tls;
  private final ServerTrust trust;
  private final boolean taps;
  private final @Nullable BoringSslContext boringSsl;

  /** Created at its first use. */
  private volatile @Nullable SSLContext java;

  private final RecordBuffers buffers = RecordBuffers.onHeap();

  /**
   * Hosts whose next connection, and no other, uses the JDK's TLS; and whether the refused
   * handshake offered HTTP/2.
   */
  private final Map<String, Boolean> refused = new ConcurrentHashMap<>();

  /**
   * @param taps whether the sockets' HTTP/1.x bytes can be recorded
   */
  TlsSockets(Tls tls, ServerTrust trust, boolean taps) throws GeneralSecurityException {
    this.tls = tls;
    this.taps = taps;
    this.trust = trust;
    this.boringSsl = tls.boringSsl(trust);
  }

  @Override
  public Socket createSocket(Socket carrier, String alias, int port, boolean autoClose)
      throws IOException {
    String host = HostSpelling.unaliased(alias);
    Boolean offeredHttp2 = refused.remove(host);
    boolean again = offeredHttp2 != null;
    return new TlsSocket(newEngine(host, port, again), carrier, buffers, trust, taps) {
      @Override
      public void startHandshake() throws IOException {
        try {
          super.startHandshake();
        } catch (SSLHandshakeException e) {
          throw again ? e : learn(host, offersHttp2(), e);
        }
        boolean isForHttp2 = Boolean.FALSE.equals(offeredHttp2) && isHttp2();
        if (again && !isForHttp2) {
          JavaTls.checkNeed(getSession());
        }
      }
    };
  }

  /** An engine for a host as in the URL; the server name is sent without a trailing dot. */
  private SSLEngine newEngine(String host, int port, boolean again) throws SSLException {
    String name = HostName.withoutDot(host);
    String told = Addresses.isLiteral(name) ? null : name;
    if (boringSsl != null && !again) {
      return boringSsl.newEngine(name, port, told);
    }
    try {
      SSLEngine engine = java().createSSLEngine(name, port);
      engine.setUseClientMode(true);
      JavaTls.prepare(engine, told, tls.settings().offer());
      return engine;
    } catch (GeneralSecurityException e) {
      throw new SSLException(e);
    }
  }

  private SSLContext java() throws GeneralSecurityException {
    SSLContext made = java;
    if (made == null) {
      made = tls.java(trust);
      java = made;
    }
    return made;
  }

  private SSLHandshakeException learn(String host, boolean offeredHttp2, SSLHandshakeException e) {
    if (!TlsFailures.isRefusalOfBoringSsl(e) || refused.size() >= MOST_REFUSED) {
      return e;
    }
    refused.put(host, offeredHttp2);
    tls.settings()
        .log()
        .accept(
            host
                + " refused the TLS handshake; trying once more with Java's TLS,"
                + " which knows more algorithms (Ed25519, P-521)");
    return new TlsRefusal(e);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return TlsCipher.names();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return TlsCipher.names();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}
