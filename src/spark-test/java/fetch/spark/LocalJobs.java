package fetch.spark;

import fetch.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on Spark in the JVM of the tests; each test has a directory and servers of its own. */
abstract class LocalJobs {
  static SparkSession spark;

  @TempDir Path directory;
  HostFarm farm;

  @BeforeAll
  static void openSpark() {
    spark = LocalSpark.open();
  }

  @BeforeEach
  void startServers() throws IOException {
    farm = new HostFarm();
  }

  @AfterEach
  void stopServers() throws IOException {
    farm.close();
    Eventually.holds("tasks that were killed have ended", () -> runningTasks() == 0);
  }

  private static int runningTasks() {
    return Stream.of(spark.sparkContext().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
  }

  /** Where the records go. */
  final String output() {
    return directory.resolve("out").toString();
  }

  /** A job with these options that writes to {@link #output}. */
  final FetchJob job(String... options) {
    return FetchJob.on(spark).settings("-o", output()).settings(options);
  }

  final Manifest manifest() throws IOException {
    return Manifest.parse(Files.readString(directory.resolve("out").resolve(Manifest.NAME)));
  }

  /** Writes {@code urls.txt}, and returns its path. */
  final String list(List<String> lines) throws IOException {
    return list("urls.txt", lines);
  }

  final String list(String name, List<String> lines) throws IOException {
    return Files.write(directory.resolve(name), lines).toString();
  }

  /** Pages of 50 hosts, which take turns. */
  final List<String> urls(int count) {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      urls.add(farm.url(1 + i % 50, "/page/" + i));
    }
    return urls;
  }
}
