package fetch.warc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Lends presses, each of which has a quarter of a megabyte of native memory: no more at once than
 * keep the processors busy. Safe for many threads.
 */
final class Presses implements AutoCloseable {
  private final Queue<Press> kept = new ConcurrentLinkedQueue<>();
  private final Semaphore free = new Semaphore(2 * Runtime.getRuntime().availableProcessors());
  private final boolean gzip;

  /**
   * @param gzip whether they press at all
   */
  Presses(boolean gzip) {
    this.gzip = gzip;
  }

  Press take() {
    free.acquireUninterruptibly();
    Press press = kept.poll();
    return press == null ? new Press(gzip) : press;
  }

  void giveBack(Press press) {
    press.reset();
    kept.add(press);
    free.release();
  }

  @Override
  public void close() {
    for (Press press = kept.poll(); press != null; press = kept.poll()) {
      press.close();
    }
  }
}
