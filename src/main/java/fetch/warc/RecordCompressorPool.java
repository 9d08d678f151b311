package fetch.warc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Lends compressors, each with 256 KB of native memory: at most two for each processor. Safe for
 * many threads.
 */
final class RecordCompressorPool implements AutoCloseable {
  private final Queue<RecordCompressor> kept = new ConcurrentLinkedQueue<>();
  private final Semaphore free = new Semaphore(2 * Runtime.getRuntime().availableProcessors());
  private final boolean gzip;

  /**
   * @param gzip whether to compress
   */
  RecordCompressorPool(boolean gzip) {
    this.gzip = gzip;
  }

  RecordCompressor take() {
    free.acquireUninterruptibly();
    RecordCompressor compressor = kept.poll();
    return compressor == null ? new RecordCompressor(gzip) : compressor;
  }

  void giveBack(RecordCompressor compressor) {
    compressor.reset();
    kept.add(compressor);
    free.release();
  }

  @Override
  public void close() {
    for (RecordCompressor compressor = kept.poll(); compressor != null; compressor = kept.poll()) {
      compressor.close();
    }
  }
}
