package fetch.cli;

import java.util.concurrent.TimeUnit;

/**
 * Collects the whole heap each time it has doubled. The serial collector lets the old generation
 * grow up to the heap's limit first: connections that died there waited for that, and kept what TLS
 * holds outside the heap. With 10,000 https hosts over HTTP/2 it took 210 MB of heap, of which 10
 * were in use.
 *
 * <p>The growth of the heap is that of the old generation, since the young one has a fixed size. A
 * collection costs as much as there is in use, so that it is a small part of what filled the heap.
 */
final class HeapWatch {
  private static final long INTERVAL_MILLIS = 200;
  private static final int GROWTH = 2;

  private HeapWatch() {}

  /** Begins on a thread of its own, which does not keep the program from ending. */
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
