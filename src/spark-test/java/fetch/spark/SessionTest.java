package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Spark runs in the JVM of the tests. */
class SessionTest {
  @Test
  void aSessionRunsOnThisJdk() throws IOException {
    try (SparkSession spark = LocalSpark.open()) {
      assertThat(spark.range(1000).selectExpr("sum(id)").first().getLong(0)).isEqualTo(499_500);
    }
  }
}
