package fetch.http.boringssl;

import fetch.http.certificate.ServerTrust;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.TlsCipher;
import fetch.http.settings.TlsOffer;
import fetch.http.settings.TlsVersion;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.lang.ref.Cleaner;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state shared by BoringSSL connections. Safe for many threads. Its native memory is freed once
 * neither it nor an engine is in use.
 */
public final class BoringSslContext {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MOST_DEPTH = 100;

  /** The post-quantum key exchange first. */
  private static final String[] GROUPS = {"X25519MLKEM768", "X25519", "P-256", "P-384", "P-521"};

  private final ServerTrust trust;
  private final TlsOffer offer;
  private final BoringSslCallbacks callbacks = new BoringSslCallbacks();
  private final RecordBuffers buffers = RecordBuffers.direct();
  private final NativeMemory memory = new NativeMemory(callbacks);

  /**
   * @param offer the versions and cipher suites that servers are offered
   * @param identity null for none
   */
  public BoringSslContext(ServerTrust trust, TlsOffer offer, @Nullable ClientIdentity identity)
      throws GeneralSecurityException {
    this.trust = trust;
    this.offer = offer;
    CLEANER.register(this, memory);
    if (identity != null) {
      memory.identity = BoringSslIdentity.of(identity);
    }
  }

  /**
   * An engine for one connection.
   *
   * @param host as in the URL
   * @param name the server name to send, null for an address
   */
  public BoringSslEngine newEngine(String host, int port, @Nullable String name) {
    return new BoringSslEngine(this, host, port, name);
  }

  /**
   * Whether BoringSSL can use the client's certificate and key; some keys may not sign, for
   * instance.
   */
  public boolean takesIdentity() {
    try {
      SSL.freeSSL(newConnection(List.of()));
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  ServerTrust trust() {
    return trust;
  }

  BoringSslCallbacks callbacks() {
    return callbacks;
  }

  RecordBuffers buffers() {
    return buffers;
  }

  /**
   * The native object of a new connection.
   *
   * @param protocols to offer by ALPN (RFC 7301), empty for none
   */
  long newConnection(List<String> protocols) throws Exception {
    long ssl = SSL.newSSL(handle(protocols), false);
    try {
      BoringSslIdentity identity = memory.identity;
      if (identity != null) {
        SSL.setKeyMaterial(ssl, identity.chain(), identity.key());
      }
      return ssl;
    } catch (Exception e) {
      SSL.freeSSL(ssl);
      throw e;
    }
  }

  /** The native context for these protocols: BoringSSL sets protocols for a context as a whole. */
  private long handle(List<String> protocols) throws Exception {
    synchronized (memory) {
      Long known = memory.handles.get(protocols);
      if (known != null) {
        return known;
      }
      long made =
          SSLContext.make(SSL.SSL_PROTOCOL_TLSV1_2 | SSL.SSL_PROTOCOL_TLSV1_3, SSL.SSL_MODE_CLIENT);
      memory.handles.put(protocols, made);
      SSLContext.setOptions(made, versionsLeftOut());
      SSLContext.setCipherSuite(made, ciphers(), false);
      SSLContext.setCurvesList(made, GROUPS);
      SSLContext.setCertVerifyCallback(made, callbacks);
      SSLContext.setVerify(made, SSL.SSL_CVERIFY_REQUIRED, MOST_DEPTH);
      SSLContext.setSSLSessionCache(made, callbacks);
      SSLContext.setSessionCacheMode(
          made,
          SSL.SSL_SESS_CACHE_CLIENT
              | SSL.SSL_SESS_CACHE_NO_INTERNAL_LOOKUP
              | SSL.SSL_SESS_CACHE_NO_INTERNAL_STORE);
      if (!protocols.isEmpty()) {
        SSLContext.setAlpnProtos(
            made, protocols.toArray(new String[0]), SSL.SSL_SELECTOR_FAILURE_NO_ADVERTISE);
      }
      return made;
    }
  }

  private int versionsLeftOut() {
    return (offer.includes(TlsVersion.TLS_1_2) ? 0 : SSL.SSL_OP_NO_TLSv1_2)
        | (offer.includes(TlsVersion.TLS_1_3) ? 0 : SSL.SSL_OP_NO_TLSv1_3);
  }

  /** The cipher suites of TLS 1.2: BoringSSL always offers all of TLS 1.3. */
  private String ciphers() {
    return offer.ciphers().stream().map(TlsCipher::openSslName).collect(Collectors.joining(":"));
  }

  /** The memory to free when the context is no longer reachable. */
  private static final class NativeMemory implements Runnable {
    private final Map<List<String>, Long> handles = new HashMap<>();
    private final BoringSslCallbacks callbacks;
    private @Nullable BoringSslIdentity identity;

    NativeMemory(BoringSslCallbacks callbacks) {
      this.callbacks = callbacks;
    }

    @Override
    public synchronized void run() {
      handles.values().forEach(SSLContext::free);
      handles.clear();
      callbacks.free();
      if (identity != null) {
        identity.free();
      }
    }
  }
}
