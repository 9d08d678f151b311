package fetch.http.boringssl;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.IntFunction;

/**
 * Lends buffers with room for one TLS record each. A connection holds one only while it has data in
 * it: thousands may be open, but few are active at one moment. Safe for many threads.
 */
public final class RecordBuffers {
  /** A record has at most 16 KiB, plus the overhead of encryption (RFC 5246, section 6.2.3). */
  public static final int BYTES = 17 * 1024;

  private static final int MOST_KEPT = 64;

  private final ArrayBlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(MOST_KEPT);
  private final IntFunction<ByteBuffer> allocate;

  private RecordBuffers(IntFunction<ByteBuffer> allocate) {
    this.allocate = allocate;
  }

  /** Buffers for sockets. */
  public static RecordBuffers onHeap() {
    return new RecordBuffers(ByteBuffer::allocate);
  }

  /** Buffers for native code. */
  static RecordBuffers direct() {
    return new RecordBuffers(ByteBuffer::allocateDirect);
  }

  /** Takes an empty buffer. */
  public ByteBuffer take() {
    ByteBuffer buffer = kept.poll();
    return buffer == null ? allocate.apply(BYTES) : buffer.clear();
  }

  public void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() == BYTES) {
      kept.offer(buffer);
    }
  }
}
