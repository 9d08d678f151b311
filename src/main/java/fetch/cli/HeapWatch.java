package fetch.cli;

import java.util.concurrent.TimeUnit;

/**
 * Collects the whole heap each time its size has doubled. The serial collector otherwise lets the
 * old generation grow to the heap's limit. Until then, dead connections there keep the native
 * memory of TLS. With 10,000 https hosts over HTTP/2 the heap took 210 MB, of which 10 were in use.
 *
 * <p>Growth of the heap is growth of the old generation, as the young one has a fixed size. A
 * collection costs time in proportion to the live data, a small part of what filled the heap.
 */
final class HeapWatch {
  private static final long INTERVAL_MILLIS = 200;
  private static final int GROWTH = 2;

  private HeapWatch() {}

  /** Starts a daemon thread. */
  static void begin() {
    Thread.ofPlatform().daemon().name("heap-watch").start(HeapWatch::watch);
  }

  private static void watch() {
    Runtime runtime = Runtime.getRuntime();
    long collected = runtime.totalMemory();
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
        if (runtime.totalMemory() >= GROWTH * collected) {
          runtime.gc();
          collected = runtime.totalMemory();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
