package fetch.spark;

import java.io.IOException;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;

/** The job of fetch with small chunks, so that a short list has many. Runs on a cluster. */
public final class SmallChunks {
  static final int RECORDS = 100;

  private SmallChunks() {}

  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("fetch").getOrCreate()) {
      FetchJob.on(spark)
          .settings(arguments)
          .chunks(new ChunkWriter.Size(RECORDS, Duration.ofSeconds(60)))
          .run();
    }
  }
}
