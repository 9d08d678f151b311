package fetch.spark;

import fetch.FetchResult;
import fetch.output.ResultSink;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Shows the progress of a job in the Spark UI. For display only: repeated entries are counted
 * again.
 *
 * @param urls how many entries have a result
 * @param failed how many of them failed
 * @param bytes of their bodies, after decompression
 */
record Progress(LongAccumulator urls, LongAccumulator failed, LongAccumulator bytes)
    implements Serializable {
  static Progress of(SparkContext spark) {
    return new Progress(
        spark.longAccumulator("fetch: URLs"),
        spark.longAccumulator("fetch: failed"),
        spark.longAccumulator("fetch: bytes"));
  }

  /** Counts results and passes them on. Safe for many threads. */
  ResultSink counting(ResultSink next) {
    return new ResultSink() {
      @Override
      public void accept(FetchResult result) {
        count(result);
        next.accept(result);
      }

      @Override
      public void close() {
        next.close();
      }
    };
  }

  private synchronized void count(FetchResult result) {
    urls.add(1L);
    if (!result.ok()) {
      failed.add(1L);
    }
    if (result.attempt() != null) {
      bytes.add(result.attempt().body().delivered());
    }
  }
}
