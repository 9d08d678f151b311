package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Spark runs in the JVM of the tests. */
class SessionTest {
  @Test
  void aSessionRunsOnThisJdk() throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()) {
      assertThat(spark.range(1000).selectExpr("sum(id)").first().getLong(0)).isEqualTo(499_500);
    }
  }
}
