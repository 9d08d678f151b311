package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code spark-submit} with the jar that is built, on a cluster with Spark's own libraries. */
class SubmitIT {
  @TempDir private static Path folder;

  private static SparkCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = new SparkCluster(folder, 2);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void printsItsUsage() throws Exception {
    Submission job = cluster.submit(List.of(), "--help");

    assertThat(job.await()).as(job.errors()).isZero();
    assertThat(job.printed()).contains("Usage: spark-submit --class fetch.spark.FetchJob");
  }
}
