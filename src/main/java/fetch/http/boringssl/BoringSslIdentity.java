package fetch.http.boringssl;

import fetch.http.settings.ClientIdentity;
import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.SSL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/**
 * A client certificate and its key in native memory.
 *
 * @param chain the address of the certificates, the client's own first
 * @param key the address of the private key
 */
record BoringSslIdentity(long chain, long key) {
  private static final int LINE = 64;

  /** The first key of the store that has a certificate. */
  static BoringSslIdentity of(ClientIdentity identity) throws GeneralSecurityException {
    KeyStore store = identity.store();
    for (String alias : Collections.list(store.aliases())) {
      Key key = store.getKey(alias, identity.password().toCharArray());
      if (key != null) {
        StringBuilder certificates = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(alias)) {
          certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return of(certificates.toString(), pem("PRIVATE KEY", key.getEncoded()));
      }
    }
    throw new KeyStoreException("no private key");
  }

  private static BoringSslIdentity of(String certificates, String key) throws KeyStoreException {
    long source = 0;
    long chain = 0;
    try {
      source = source(certificates);
      chain = SSL.parseX509Chain(source);
      SSL.freeBIO(source);
      source = source(key);
      return new BoringSslIdentity(chain, SSL.parsePrivateKey(source, null));
    } catch (Exception e) {
      SSL.freeX509Chain(chain);
      throw new KeyStoreException("BoringSSL cannot use the client's certificate or key", e);
    } finally {
      SSL.freeBIO(source);
    }
  }

  private static long source(String pem) throws Exception {
    byte[] bytes = pem.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer copy = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    long source = SSL.newMemBIO();
    SSL.bioWrite(source, Buffer.address(copy), bytes.length);
    copy.clear().put(new byte[bytes.length]);
    return source;
  }

  private static String pem(String kind, byte[] encoded) {
    String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  void free() {
    SSL.freeX509Chain(chain);
    SSL.freePrivateKey(key);
  }
}
