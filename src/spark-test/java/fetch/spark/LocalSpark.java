package fetch.spark;

import org.apache.spark.sql.SparkSession;

/** Spark in the JVM of the tests, with two cores. */
final class LocalSpark {
  private LocalSpark() {}

  /** The session that is open, else a new one. */
  static SparkSession open() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }
}
