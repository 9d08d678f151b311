package fetch.http.boringssl;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.IntFunction;

/**
 * Lends buffers with room for a TLS record each. Connections have them only while something is in
 * them: thousands may be open, few of which are at work at one moment. Safe for many threads.
 */
public final class RecordBuffers {
  /** A record has at most 16 KiB, and what encryption adds to them (RFC 5246, section 6.2.3). */
  public static final int BYTES = 17 * 1024;

  private static final int MOST_KEPT = 64;

  private final ArrayBlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(MOST_KEPT);
  private final IntFunction<ByteBuffer> allocate;

  private RecordBuffers(IntFunction<ByteBuffer> allocate) {
    this.allocate = allocate;
  }

  /** Buffers as sockets read and write them. */
  public static RecordBuffers onHeap() {
    return new RecordBuffers(ByteBuffer::allocate);
  }

  /** Buffers as native code reads and writes them. */
  static RecordBuffers direct() {
    return new RecordBuffers(ByteBuffer::allocateDirect);
  }

  /** An empty one. */
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
