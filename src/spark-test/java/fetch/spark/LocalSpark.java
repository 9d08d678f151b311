package fetch.spark;

import org.apache.spark.sql.SparkSession;

/** Spark in the JVM of the tests, with two cores. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession open() {
    return builder().getOrCreate();
  }

  static SparkSession.Builder builder() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2");
  }
}
