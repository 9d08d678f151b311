package fetch.spark;

import fetch.FetchResult;
import fetch.output.ResultSink;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * How far a job has come, for the Spark UI. Only to look at: what is repeated is counted again.
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

  /** Counts results on their way. Safe for many threads. */
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
