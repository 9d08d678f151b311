package fetch.http.boringssl;

import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.internal.tcnative.SSLSession;
import io.netty.internal.tcnative.SSLSessionCache;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Handles the callbacks of BoringSSL: engines record the certificates of their servers, and the
 * newest sessions are kept for resumption (RFC 8446, section 2.2). Safe for many threads; native
 * code calls it on the thread that called the native code.
 */
final class BoringSslCallbacks extends CertificateVerifier implements SSLSessionCache {
  /**
   * A session takes about 5 KB. Each worker of one host needs one; other hosts are seldom visited
   * again.
   */
  private static final int MOST_SESSIONS = 64;

  private static final int ACCEPTED = 0;
  private static final int REFUSED = 1;

  private final Map<Long, BoringSslEngine> engines = new ConcurrentHashMap<>();
  private final ArrayDeque<KeptSession> sessions = new ArrayDeque<>();

  private record KeptSession(String server, long address) {}

  void add(long ssl, BoringSslEngine engine) {
    engines.put(ssl, engine);
  }

  void remove(long ssl) {
    engines.remove(ssl);
  }

  @Override
  public int verify(long ssl, byte[][] certificates, String keyExchange) {
    BoringSslEngine engine = engines.get(ssl);
    return engine != null && engine.note(certificates, keyExchange) ? ACCEPTED : REFUSED;
  }

  @Override
  public boolean sessionCreated(long ssl, long session) {
    BoringSslEngine engine = engines.get(ssl);
    if (engine == null || !engine.isAgreed()) {
      return false; // TLS 1.2 creates it before the certificates are judged
    }
    synchronized (sessions) {
      sessions.addLast(new KeptSession(engine.server(), session));
      if (sessions.size() > MOST_SESSIONS) {
        SSLSession.free(sessions.removeFirst().address());
      }
    }
    return true;
  }

  /** Only servers look sessions up by ID. */
  @Override
  public long getSession(long ssl, byte[] id) {
    return 0;
  }

  /** The newest session with a server, or 0; the caller frees it. Each is resumed once. */
  long takeSession(String server) {
    synchronized (sessions) {
      for (Iterator<KeptSession> all = sessions.descendingIterator(); all.hasNext(); ) {
        KeptSession kept = all.next();
        if (kept.server().equals(server)) {
          all.remove();
          return kept.address();
        }
      }
      return 0;
    }
  }

  /** Frees the sessions. */
  void free() {
    synchronized (sessions) {
      sessions.forEach(kept -> SSLSession.free(kept.address()));
      sessions.clear();
    }
  }
}
