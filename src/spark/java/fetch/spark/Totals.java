package fetch.spark;

import fetch.Percentiles;
import fetch.Tally;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Counts the records of a job exactly; accumulators may count some twice. Reads the few columns it
 * needs itself: Spark SQL would compile three queries, which takes seconds. For one thread.
 */
final class Totals implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int TASKS_PER_CORE = 4;
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double MICROS = 1e6;
  private static final long NANOS_OF_MICRO = 1000;

  private final TreeMap<String, Long> failures = new TreeMap<>();
  private final Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
  private long urls;
  private long ok;
  private long retries;
  private long bytes;

  private Totals() {}

  /**
   * Counts the records of chunks, in tasks on all executors.
   *
   * @param chunks their absolute paths
   */
  static Totals of(JavaSparkContext spark, List<String> chunks, ChunkFormat format) {
    Totals all = new Totals();
    if (!chunks.isEmpty()) {
      Broadcast<SerializableConfiguration> hadoop =
          spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
      int tasks = Math.min(chunks.size(), TASKS_PER_CORE * spark.defaultParallelism());
      spark
          .parallelize(chunks, tasks)
          .mapPartitions(part -> List.of(read(part, format, hadoop)).iterator())
          .collect()
          .forEach(all::add);
      hadoop.destroy();
    }
    return all;
  }

  private static Totals read(
      Iterator<String> chunks, ChunkFormat format, Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    Totals totals = new Totals();
    while (chunks.hasNext()) {
      format.readFigures(new Path(chunks.next()), hadoop.value().value(), totals::add);
    }
    return totals;
  }

  private void add(RecordFigures record) {
    urls++;
    if (record.ok()) {
      ok++;
    }
    if (record.error() != null) {
      failures.merge(record.error(), 1L, Long::sum);
    }
    retries += record.retries();
    bytes += record.delivered();
    if (!Double.isNaN(record.seconds())) {
      micros.recordValue(Math.round(record.seconds() * MICROS));
    }
  }

  private void add(Totals others) {
    urls += others.urls;
    ok += others.ok;
    others.failures.forEach((error, count) -> failures.merge(error, count, Long::sum));
    retries += others.retries;
    bytes += others.bytes;
    micros.add(others.micros);
  }

  /**
   * The totals of a job.
   *
   * @param elapsed since its start
   */
  Tally tally(Duration elapsed) {
    return new Tally(
        urls,
        ok,
        Tally.mostFrequentFirst(failures),
        retries,
        bytes,
        elapsed.toNanos(),
        new Percentiles(percentile(50), percentile(95), percentile(99)));
  }

  private long percentile(double percent) {
    return NANOS_OF_MICRO * micros.getValueAtPercentile(percent);
  }
}
