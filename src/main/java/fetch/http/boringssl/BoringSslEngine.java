package fetch.http.boringssl;

import fetch.http.settings.TlsCipher;
import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLSession;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one TLS connection in BoringSSL. Consumes whole records only, and uses only
 * the first of several targets. Its native memory, some 10 KB, is freed by {@link #closeInbound}.
 * Safe for many threads: no call waits for the server, and none touches native memory that is
 * freed.
 */
final class BoringSslEngine extends ClientEngine {
  /** Room for output that reading causes: the end of a handshake, new keys, alerts. */
  private static final int BYTES_ASIDE = 1024;

  private static final int HEAD_BYTES = 5;
  private static final int MOST_PLAIN_BYTES = 16 * 1024;
  private static final int MOST_BYTES_ADDED = 256;
  private static final int FIRST_CONTENT_TYPE = 20;
  private static final int LAST_CONTENT_TYPE = 24;

  private final BoringSslContext context;
  private final String host;
  private final int port;
  private final @Nullable String name;
  private List<String> protocols = List.of();
  private List<X509Certificate> certificates = List.of();
  private @Nullable CertificateException unreadable;
  private volatile BoringSslSession session;
  private volatile String protocol = "";

  /** Addresses in native memory, 0 before the handshake and after they are freed. */
  private long ssl;

  private long bio;

  private boolean begun;
  private boolean greeted;
  private boolean agreed;
  private boolean lacksRoom;
  private boolean endSent;
  private boolean endReceived;
  private @Nullable SSLException failure;

  BoringSslEngine(BoringSslContext context, String host, int port, @Nullable String name) {
    super(host, port);
    this.context = context;
    this.host = host;
    this.port = port;
    this.name = name;
    this.session = BoringSslSession.none(host, port);
  }

  /** The server, the key for its sessions. */
  String server() {
    return host + ":" + port;
  }

  /** Whether the handshake is complete. */
  boolean isAgreed() {
    return agreed;
  }

  /** Records the certificates of the server; false if they cannot be parsed. */
  boolean note(byte[][] encoded, String keyExchange) {
    try {
      certificates = read(encoded);
      context
          .trust()
          .checkServerTrusted(certificates.toArray(new X509Certificate[0]), keyExchange, this);
      return true;
    } catch (CertificateException e) {
      unreadable = e;
      return false;
    }
  }

  private static List<X509Certificate> read(byte[][] encoded) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> read = new ArrayList<>(encoded.length);
    for (byte[] certificate : encoded) {
      try {
        ByteArrayInputStream in = new ByteArrayInputStream(certificate);
        read.add((X509Certificate) factory.generateCertificate(in));
      } catch (CertificateException | RuntimeException e) {
        throw new CertificateParsingException(e);
      }
    }
    return List.copyOf(read);
  }

  @Override
  public synchronized void beginHandshake() throws SSLException {
    if (begun) {
      return;
    }
    begun = true;
    try {
      ssl = context.newConnection(protocols);
      bio = SSL.bioNewByteBuffer(ssl, BYTES_ASIDE);
      context.callbacks().add(ssl, this);
      if (name != null) {
        SSL.setTlsExtHostName(ssl, name);
      }
    } catch (Exception e) {
      free();
      throw new SSLException("BoringSSL has no connection", e);
    }
    long resumed = context.callbacks().takeSession(server());
    if (resumed != 0) {
      SSL.setSession(ssl, resumed);
      SSLSession.free(resumed);
    }
  }

  @Override
  public synchronized HandshakeStatus getHandshakeStatus() {
    if (ssl == 0) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    if (!greeted || lacksRoom || SSL.bioLengthNonApplication(bio) > 0) {
      return HandshakeStatus.NEED_WRAP;
    }
    return agreed ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_UNWRAP;
  }

  @Override
  public synchronized SSLEngineResult unwrap(
      ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
    throwIfFailed();
    if (ssl == 0 || endReceived) {
      return result(Status.CLOSED, 0, 0);
    }
    ByteBuffer target = targets[offset];
    int bytes = bytesOfWholeRecords(source, target.remaining());
    if (bytes == 0) {
      return result(Status.BUFFER_UNDERFLOW, 0, 0);
    }
    int before = source.position();
    int produced = decrypt(source, bytes, target);
    int consumed = source.position() - before;
    return result(endReceived ? Status.CLOSED : Status.OK, consumed, produced);
  }

  private void throwIfFailed() throws SSLException {
    SSLException known = failure;
    if (known != null) {
      throw known;
    }
  }

  /** The number of bytes in whole records; all bytes if they are not records. */
  private static int bytesOfWholeRecords(ByteBuffer source, int room) {
    int bytes = 0;
    int left = source.remaining();
    while (left - bytes >= HEAD_BYTES) {
      int head = source.position() + bytes;
      int type = source.get(head);
      int length = HEAD_BYTES + Short.toUnsignedInt(source.getShort(head + HEAD_BYTES - 2));
      if (type < FIRST_CONTENT_TYPE || type > LAST_CONTENT_TYPE || length > RecordBuffers.BYTES) {
        return bytes == 0 ? Math.min(left, room) : bytes;
      }
      if (bytes + length > Math.min(left, room)) {
        return bytes;
      }
      bytes += length;
    }
    return bytes;
  }

  private int decrypt(ByteBuffer source, int bytes, ByteBuffer target) throws SSLException {
    ByteBuffer in = context.buffers().take();
    ByteBuffer out = context.buffers().take();
    try {
      in.put(0, source, source.position(), bytes);
      SSL.bioSetByteBuffer(bio, Buffer.address(in), bytes, false);
      try {
        if (!agreed) {
          advance();
          return 0;
        }
        int produced = readAll(out);
        target.put(out.limit(produced));
        if (produced == 0) {
          throwIfFailed();
        }
        return produced;
      } finally {
        source.position(source.position() + bytes - SSL.bioLengthByteBuffer(bio));
        SSL.bioClearByteBuffer(bio);
      }
    } finally {
      context.buffers().giveBack(in);
      context.buffers().giveBack(out);
    }
  }

  private int readAll(ByteBuffer out) {
    long address = Buffer.address(out);
    int produced = 0;
    while (true) {
      int n = SSL.readFromSSL(ssl, address + produced, out.capacity() - produced);
      if (n <= 0) {
        note(SSL.getError(ssl, n));
        return produced;
      }
      produced += n;
    }
  }

  /** Continues the handshake as far as possible. */
  private void advance() throws SSLException {
    lacksRoom = false;
    int done = SSL.doHandshake(ssl);
    greeted = true;
    if (done > 0) {
      agree();
    } else {
      note(SSL.getError(ssl, done));
      throwIfFailed();
    }
  }

  private void note(int error) {
    if (error == SSL.SSL_ERROR_WANT_WRITE) {
      lacksRoom = true;
    } else if (error == SSL.SSL_ERROR_ZERO_RETURN) {
      endReceived = true;
    } else if (error != SSL.SSL_ERROR_WANT_READ) {
      failure = failure();
    }
  }

  private SSLException failure() {
    int number = SSL.getLastErrorNumber();
    String reason = number == 0 ? "BoringSSL gave up" : SSL.getErrorString(number);
    SSL.clearError();
    if (unreadable != null) {
      return new SSLHandshakeException("the certificates are refused", unreadable);
    }
    return agreed ? new SSLException(reason) : new SSLHandshakeException(reason);
  }

  private void agree() throws SSLException {
    if (certificates.isEmpty()) { // a resumed session has them from its first connection
      try {
        byte[][] encoded = SSL.getPeerCertChain(ssl);
        certificates = encoded == null ? List.of() : read(encoded);
      } catch (CertificateException e) {
        throw new SSLHandshakeException("the certificates are refused", e);
      }
    }
    String selected = SSL.getAlpnSelected(ssl);
    protocol = selected == null ? "" : selected;
    session =
        new BoringSslSession(
            host,
            port,
            SSL.getVersion(ssl),
            TlsCipher.registeredName(SSL.getCipherForSSL(ssl)),
            certificates,
            System.currentTimeMillis());
    agreed = true;
  }

  @Override
  public synchronized SSLEngineResult wrap(
      ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
    if (ssl == 0) {
      return result(Status.CLOSED, 0, 0);
    }
    ByteBuffer source = sources[offset];
    int aside = SSL.bioLengthNonApplication(bio);
    int plain =
        aside > 0 || !agreed || endSent ? 0 : Math.min(source.remaining(), MOST_PLAIN_BYTES);
    int room = Math.max(plain + MOST_BYTES_ADDED, BYTES_ASIDE);
    if (target.remaining() < room) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    int produced = encrypt(source, plain, target);
    return result(endSent ? Status.CLOSED : Status.OK, plain, produced);
  }

  private int encrypt(ByteBuffer source, int plain, ByteBuffer target) throws SSLException {
    ByteBuffer in = context.buffers().take();
    ByteBuffer out = context.buffers().take();
    int room = Math.min(out.capacity(), target.remaining());
    try {
      SSL.bioSetByteBuffer(bio, Buffer.address(out), room, true);
      try {
        SSL.bioFlushByteBuffer(bio);
        if (!agreed && failure == null && !endSent) {
          advance();
        } else if (plain > 0) {
          in.put(0, source, source.position(), plain);
          write(Buffer.address(in), plain);
          source.position(source.position() + plain);
        }
      } finally {
        out.limit(room - SSL.bioLengthByteBuffer(bio));
        SSL.bioClearByteBuffer(bio);
        target.put(out);
      }
      return out.limit();
    } finally {
      context.buffers().giveBack(in);
      context.buffers().giveBack(out);
    }
  }

  private void write(long address, int bytes) throws SSLException {
    int written = SSL.writeToSSL(ssl, address, bytes);
    if (written != bytes) {
      throw failure();
    }
  }

  private SSLEngineResult result(Status status, int consumed, int produced) {
    return new SSLEngineResult(status, getHandshakeStatus(), consumed, produced);
  }

  @Override
  public synchronized void closeOutbound() {
    if (ssl == 0 || endSent) {
      return;
    }
    endSent = true;
    if (agreed && failure == null) {
      SSL.shutdownSSL(ssl);
      SSL.clearError();
    }
  }

  @Override
  public synchronized boolean isOutboundDone() {
    return ssl == 0 || (endSent && SSL.bioLengthNonApplication(bio) == 0);
  }

  @Override
  public synchronized void closeInbound() {
    free();
  }

  private void free() {
    begun = true;
    if (ssl != 0) {
      context.callbacks().remove(ssl);
      SSL.freeSSL(ssl);
      ssl = 0;
      bio = 0;
    }
  }

  @Override
  public synchronized boolean isInboundDone() {
    return ssl == 0 || endReceived;
  }

  @Override
  public BoringSslSession getSession() {
    return session;
  }

  @Override
  public String getApplicationProtocol() {
    return protocol;
  }

  /** Uses only the ALPN protocols of these parameters. */
  @Override
  public synchronized void setSSLParameters(SSLParameters parameters) {
    protocols = List.of(parameters.getApplicationProtocols());
  }
}
