package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on Spark in this JVM. */
class FetchJobTest {
  private static SparkSession spark;

  @TempDir private Path directory;
  private HostFarm farm;

  @BeforeAll
  static void openSpark() {
    spark = LocalSpark.open();
  }

  @AfterAll
  static void closeSpark() {
    spark.stop();
  }

  @BeforeEach
  void startServers() throws IOException {
    farm = new HostFarm();
  }

  @AfterEach
  void stopServers() {
    farm.close();
  }

  private String output() {
    return directory.resolve("out").toString();
  }

  private Path list(List<String> lines) throws IOException {
    return Files.write(directory.resolve("urls.txt"), lines);
  }

  private List<String> urls(int count) {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      urls.add(farm.url(1 + i % 50, "/page/" + i));
    }
    return urls;
  }

  @Test
  void fetchesAListOnceAndGivesItsRecords() throws IOException {
    Path list = list(urls(2000));

    Dataset<Row> records = FetchJob.on(spark).settings("-o", output(), list.toString()).run();

    assertThat(records.count()).isEqualTo(2000);
    assertThat(records.filter("ok and response_code = 200").count()).isEqualTo(2000);
    assertThat(records.select("urlnum").distinct().count()).isEqualTo(2000);
    assertThat(farm.requests()).isEqualTo(2000);
    assertThat(directory.resolve("out/_SUCCESS")).exists();
    assertThat(spark.read().parquet(output()).count()).isEqualTo(2000);
  }
}
