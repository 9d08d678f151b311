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
 * The records of a TLS connection (RFC 8446, section 5): encrypts and sends output, receives and
 * decrypts input.
 *
 * <p>Output is sent when the connection waits for input. So the end of the handshake, the HTTP/2
 * preface and the first request take one packet or two instead of five, and 2,000 connections take
 * 2.4 s instead of 2.6.
 *
 * <p>Nothing but the client hello is sent before the server's certificates are judged: no one else
 * may see a client certificate. They are judged outside the engine and without a lock that closing
 * needs, so that time limits and cancellation take effect at once.
 *
 * <p>One thread may read while another writes, and any may close. The reader may wait for the
 * writer; that is harmless if servers read a request before they respond.
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

  /** Received and not decrypted, from position to limit. */
  private @Nullable ByteBuffer received;

  /** Decrypted and not read, from position to limit. */
  private @Nullable ByteBuffer decrypted;

  /** Encrypted and not sent, up to the position. */
  private @Nullable ByteBuffer unsent;

  /** For the first bytes after a pause, so that idle connections hold no large buffer. */
  private final ByteBuffer first = ByteBuffer.allocate(FIRST_BYTES);

  /** Whether a reader waits for the server, so that no output may be held back. */
  private volatile boolean waiting;

  private volatile boolean closed;

  /** Whether the server announced the end of the stream. */
  private volatile boolean endConfirmed;

  /**
   * The check of the server's certificates; null if there is nothing to judge, or before the
   * handshake.
   */
  private volatile @Nullable CertificateCheck check;

  TlsRecords(SSLEngine engine, Socket carrier, RecordBuffers buffers, ServerTrust trust)
      throws IOException {
    this.engine = engine;
    this.trust = trust;
    this.in = carrier.getInputStream();
    this.out = carrier.getOutputStream();
    this.buffers = buffers;
  }

  /** Makes the handshake. */
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
    encrypt(NOTHING); // the server still waits for this
  }

  /** Does what the engine requires next; false if it needs more input. */
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

  /** Reads at least one byte if there is room, or returns -1 at the end of the stream. */
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
   * Decrypts a record once the previous one is consumed, or receives more of it.
   *
   * @return whether the stream continues
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

  /** Waits for input; false at the end of the stream. */
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

  /** The buffer for received bytes, with room after its limit. */
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

  /** Encrypts output. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    encrypt(ByteBuffer.wrap(bytes, offset, length));
  }

  /** Encrypts one record; returns whether the engine produced output. */
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

  /**
   * Sends if possible. If the server closed the connection, its last bytes and the end must still
   * be read.
   */
  private void sendIfPossible() throws IOException {
    try {
      send();
    } catch (SocketException e) {
      // The reader will notice.
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

  /** Frees what a concurrent close left to this thread. */
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

  /** Announces the end of the stream, or the failure, unless another thread is sending. */
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

  /** Frees all resources of the connection. Reading and writing then fail. */
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

  /** Frees the engine's native memory, unless another thread is sending. Nothing else frees it. */
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
      // The server sent no close_notify.
    } finally {
      writing.unlock();
    }
  }

  /** Whether the server announced the end of the stream instead of just closing the connection. */
  boolean isEndConfirmed() {
    return endConfirmed;
  }

  /** The least number of bytes that can be read without waiting. */
  int available() {
    reading.lock();
    try {
      return decrypted == null ? 0 : decrypted.remaining();
    } finally {
      reading.unlock();
    }
  }

  /** The number of received bytes that are not decrypted. */
  int undecrypted() throws IOException {
    reading.lock();
    try {
      return in.available() + (received == null ? 0 : received.remaining());
    } finally {
      reading.unlock();
    }
  }
}
