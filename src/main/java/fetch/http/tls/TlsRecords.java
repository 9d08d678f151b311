package fetch.http.tls;

import fetch.http.boringssl.RecordBuffers;
import fetch.http.certificate.CertificateCheck;
import fetch.http.certificate.ServerTrust;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a TLS connection (RFC 8446, section 5): encrypts and sends what is written,
 * receives and decrypts what is read.
 *
 * <p>What is written is sent once somebody waits for an answer. So the end of the handshake, what
 * opens HTTP/2 and the first request are one packet or two in place of five, and 2,000 connections
 * took 2.4 s in place of 2.6.
 *
 * <p>Nothing is sent to a server before its certificates are judged, apart from the client's hello:
 * a client certificate is for nobody else to see. They are judged outside of the engine and without
 * a lock that closing takes, so that a time limit or a cancellation does not wait for it.
 *
 * <p>One thread may read while another writes, and any may close. Who reads waits for who writes,
 * which is no matter with requests that each server takes before it answers.
 */
final class TlsRecords {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int FIRST_BYTES = 512;

  private final SSLEngine engine;
  private final InputStream in;
  private final OutputStream out;
  private final RecordBuffers buffers;
  private final ServerTrust trust;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();

  /** From position to limit: what has come and is not decrypted. */
  private @Nullable ByteBuffer received;

  /** From position to limit: what is decrypted and not read. */
  private @Nullable ByteBuffer decrypted;

  /** Up to the position: what is encrypted and not sent. */
  private @Nullable ByteBuffer unsent;

  /** For what comes first after a silence, so that no connection waits with a large buffer. */
  private final ByteBuffer first = ByteBuffer.allocate(FIRST_BYTES);

  /** Whether somebody waits for the server, so that nothing may be held back. */
  private volatile boolean waiting;

  private volatile boolean closed;

  /** Whether the server said that nothing follows. */
  private volatile boolean endConfirmed;

  /** Of the server's certificates; null when there is nothing to judge, or no handshake yet. */
  private volatile @Nullable CertificateCheck check;

  TlsRecords(SSLEngine engine, Socket carrier, RecordBuffers buffers, ServerTrust trust)
      throws IOException {
    this.engine = engine;
    this.trust = trust;
    this.in = carrier.getInputStream();
    this.out = carrier.getOutputStream();
    this.buffers = buffers;
  }

  /** Agrees with the server on keys. */
  void handshake() throws IOException {
    check = trust.begin();
    try {
      agree();
    } finally {
      trust.end();
    }
  }

  private void agree() throws IOException {
    engine.beginHandshake();
    for (HandshakeStatus wish = engine.getHandshakeStatus();
        wish != HandshakeStatus.NOT_HANDSHAKING;
        wish = engine.getHandshakeStatus()) {
      if (!attend(wish) && !decrypt()) {
        throw new SSLHandshakeException("closed", new EOFException());
      }
      judge();
    }
    check = null;
    encrypt(NOTHING); // what the server still waits for
  }

  /** Does what the engine wants done, unless it is to be given more of what has been received. */
  private boolean attend(HandshakeStatus wish) throws IOException {
    return switch (wish) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        yield true;
      }
      case NEED_WRAP -> encrypt(NOTHING);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> false;
    };
  }

  /** Reads at least one byte where there is room, or returns -1 at the end of the stream. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    reading.lock();
    try {
      ByteBuffer source = decrypted;
      while (source == null) {
        if (!decrypt()) {
          return -1;
        }
        source = decrypted;
      }
      int n = Math.min(length, source.remaining());
      source.get(bytes, offset, n);
      decrypted = keepIfFull(source);
      return n;
    } finally {
      reading.unlock();
    }
  }

  private @Nullable ByteBuffer keepIfFull(ByteBuffer buffer) {
    if (buffer.hasRemaining()) {
      return buffer;
    }
    buffers.giveBack(buffer);
    return null;
  }

  /**
   * Decrypts a record, once nothing is left of the one before, or receives more of it.
   *
   * @return whether the stream goes on
   */
  private boolean decrypt() throws IOException {
    reading.lock();
    try {
      checkOpen();
      ByteBuffer source = received;
      ByteBuffer target = buffers.take();
      SSLEngineResult result = engine.unwrap(source == null ? NOTHING : source, target);
      received = source == null ? null : keepIfFull(source);
      decrypted = keepIfFull(target.flip());
      boolean progress = result.bytesConsumed() > 0 || decrypted != null;
      progress |= attend(result.getHandshakeStatus());
      if (result.getStatus() == Status.CLOSED) {
        endConfirmed = true;
        checkOpen();
        return decrypted != null;
      }
      return progress || receive();
    } finally {
      reading.unlock();
    }
  }

  /** Waits for more; false at the end of the stream. */
  private boolean receive() throws IOException {
    ByteBuffer room = roomToReceive();
    received = room;
    int end = room.limit();
    waiting = true;
    try {
      sendIfPossible();
      int n = in.read(room.array(), room.arrayOffset() + end, room.capacity() - end);
      room.limit(end + Math.max(n, 0));
      return n > 0;
    } finally {
      waiting = false;
    }
  }

  /** Has room behind its limit. */
  private ByteBuffer roomToReceive() throws SSLException {
    ByteBuffer room = received;
    if (room == null) {
      return first.clear().limit(0);
    }
    if (room.limit() < room.capacity()) {
      return room;
    }
    if (room.position() > 0) {
      return room.compact().flip();
    }
    if (room.capacity() == RecordBuffers.BYTES) {
      throw new SSLException("a record is larger than TLS allows");
    }
    return buffers.take().put(room).flip();
  }

  /** Encrypts. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    encrypt(ByteBuffer.wrap(bytes, offset, length));
  }

  /** Returns whether the engine had anything to be sent. */
  private boolean encrypt(ByteBuffer source) throws IOException {
    writing.lock();
    try {
      SSLEngineResult result;
      do {
        checkOpen();
        result = engine.wrap(source, roomToSend());
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
          send();
        } else if (source.hasRemaining() && result.bytesProduced() == 0) {
          throw new SocketException("TLS does not take any more");
        }
      } while (result.getStatus() == Status.BUFFER_OVERFLOW || source.hasRemaining());
      if (waiting) {
        send();
      }
      return result.bytesProduced() > 0;
    } finally {
      unlockWriting();
    }
  }

  private ByteBuffer roomToSend() {
    ByteBuffer room = unsent == null ? buffers.take() : unsent;
    unsent = room;
    return room;
  }

  private void judge() throws SSLHandshakeException {
    CertificateCheck pending = check;
    if (pending != null) {
      pending.judge();
    }
  }

  /** What the server sent before it closed is to be read all the same, and then its end. */
  private void sendIfPossible() throws IOException {
    try {
      send();
    } catch (SocketException e) {
      // Whoever reads will find out.
    }
  }

  private void send() throws IOException {
    judge();
    writing.lock();
    try {
      ByteBuffer full = unsent;
      if (full != null) {
        unsent = null;
        out.write(full.array(), full.arrayOffset(), full.position());
        buffers.giveBack(full);
      }
    } finally {
      unlockWriting();
    }
  }

  /** Whoever closed meanwhile left to this thread what it could not free. */
  private void unlockWriting() {
    writing.unlock();
    if (closed) {
      free();
    }
  }

  private void checkOpen() throws SocketException {
    if (closed) {
      throw new SocketException("Socket closed");
    }
  }

  /** Says that nothing will follow, or what was wrong, unless something is being sent just now. */
  void closeOutput() throws IOException {
    if (!writing.tryLock()) {
      return;
    }
    try {
      engine.closeOutbound();
      SSLEngineResult result;
      do {
        result = engine.wrap(NOTHING, roomToSend());
      } while (result.bytesProduced() > 0);
      CertificateCheck pending = check;
      if (pending == null || !pending.isPending()) {
        send();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Lets go of all that the connection takes. Nothing can be read or written after it. */
  void close() throws IOException {
    closed = true;
    try {
      closeOutput();
    } finally {
      release();
    }
  }

  private void release() {
    if (reading.tryLock()) {
      try {
        received = received == null ? null : keepIfFull(received.limit(received.position()));
        decrypted = decrypted == null ? null : keepIfFull(decrypted.limit(decrypted.position()));
      } finally {
        reading.unlock();
      }
    }
    free();
  }

  /**
   * Frees what the engine has in native code, unless something is being sent just now. Nothing else
   * frees it.
   */
  private void free() {
    if (!writing.tryLock()) {
      return;
    }
    try {
      engine.closeOutbound();
      ByteBuffer dropped = roomToSend();
      int left;
      do {
        left = engine.wrap(NOTHING, dropped.clear()).bytesProduced();
      } while (left > 0);
      unsent = null;
      buffers.giveBack(dropped);
      engine.closeInbound();
    } catch (SSLException e) {
      // The server did not say goodbye.
    } finally {
      writing.unlock();
    }
  }

  /** Whether the server said that nothing follows, rather than just close the connection. */
  boolean isEndConfirmed() {
    return endConfirmed;
  }

  /** How many bytes can be read without waiting, at least. */
  int available() {
    reading.lock();
    try {
      return decrypted == null ? 0 : decrypted.remaining();
    } finally {
      reading.unlock();
    }
  }

  /** How many bytes have come that are not decrypted. */
  int undecrypted() throws IOException {
    reading.lock();
    try {
      return in.available() + (received == null ? 0 : received.remaining());
    } finally {
      reading.unlock();
    }
  }
}
