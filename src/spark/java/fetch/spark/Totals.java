package fetch.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import fetch.Percentiles;
import fetch.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the records of a job exactly; accumulators may count some twice. */
final class Totals {
  private static final double NANOS = 1e9;

  private Totals() {}

  /**
   * The totals of a job.
   *
   * @param elapsed since its start
   */
  static Tally of(Dataset<Row> records, Duration elapsed) {
    Row all =
        records
            .agg(
                count(lit(1)),
                coalesce(sum(expr("cast(ok as bigint)")), lit(0L)),
                coalesce(sum("num_retries"), lit(0L)),
                coalesce(sum("size_delivered"), lit(0L)))
            .first();
    return new Tally(
        all.getLong(0),
        all.getLong(1),
        failures(records),
        all.getLong(2),
        all.getLong(3),
        elapsed.toNanos(),
        times(records));
  }

  private static Map<String, Long> failures(Dataset<Row> records) {
    Map<String, Long> failures = new LinkedHashMap<>();
    records
        .filter(col("error").isNotNull())
        .groupBy("error")
        .count()
        .orderBy(col("count").desc(), col("error"))
        .collectAsList()
        .forEach(row -> failures.put(row.getString(0), row.getLong(1)));
    return failures;
  }

  /** The percentiles of requested entries. */
  private static Percentiles times(Dataset<Row> records) {
    Row row =
        records
            .filter(col("time_start").isNotNull())
            .agg(expr("percentile_approx(time_total, array(0.5, 0.95, 0.99))"))
            .first();
    if (row.isNullAt(0)) {
      return new Percentiles(0, 0, 0);
    }
    List<Double> seconds = row.getList(0);
    return new Percentiles(nanos(seconds.get(0)), nanos(seconds.get(1)), nanos(seconds.get(2)));
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }
}
