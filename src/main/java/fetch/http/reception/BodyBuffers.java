package fetch.http.reception;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends the buffers for long bodies. Only some bodies get large buffers, however many are read at
 * once: fast ones soon return them. Safe for many threads.
 */
public final class BodyBuffers {
  private static final int LARGE_BYTES = 64 * 1024;
  private static final int SMALL_BYTES = 16 * 1024;
  private static final int MOST_LARGE = 32;

  private final ArrayBlockingQueue<byte[]> kept = new ArrayBlockingQueue<>(MOST_LARGE);
  private final AtomicInteger left = new AtomicInteger(MOST_LARGE);

  byte[] take() {
    byte[] block = kept.poll();
    if (block != null) {
      return block;
    }
    boolean large = left.get() > 0 && left.getAndDecrement() > 0;
    return new byte[large ? LARGE_BYTES : SMALL_BYTES];
  }

  void giveBack(byte[] block) {
    if (block.length == LARGE_BYTES) {
      kept.offer(block);
    }
  }
}
