package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs submitted to a cluster with Spark's own libraries, with the jar that is built. Executors and
 * drivers die in the middle of a job; its records are what they would have been.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs the many loopback addresses of Linux")
class ClusterIT {
  private static final int KILLS = 10;
  private static final int HOSTS = 16;
  private static final int PER_HOST = 2;
  private static final int TASKS = 8;
  private static final int TASKS_OF_AN_EXECUTOR = 1;
  private static final int WORKERS = 4;

  /** A chunk, and what is in flight, of each task of an executor. */
  private static final long MOST_LOST =
      (long) TASKS_OF_AN_EXECUTOR * (SmallChunks.RECORDS + WORKERS);

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final Pattern URLNUM = Pattern.compile("^\\{\"urlnum\":(\\d+),");

  @TempDir private static Path folder;
  private static SparkCluster cluster;

  @TempDir private Path directory;
  private HostFarm farm;
  private Random random;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = new SparkCluster(folder, TASKS_OF_AN_EXECUTOR);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void startServers() throws IOException {
    farm = new HostFarm();
    long seed = Long.getLong("fetch.seed", System.nanoTime());
    System.out.println("kills with -Dfetch.seed=" + seed);
    random = new Random(seed);
  }

  @AfterEach
  void stopServers() throws IOException {
    farm.close();
  }

  @Test
  void printsItsUsage() throws Exception {
    Submission job = cluster.submit(List.of(), "--help");

    assertThat(job.await()).as(job.errors()).isZero();
    assertThat(job.printed()).contains("Usage: spark-submit").contains("--per-host=N");
  }

  @Test
  void fetchesAList() throws Exception {
    Submission job =
        cluster.submit(List.of(), "-o", directory.resolve("out").toString(), list(500).toString());

    assertThat(job.await()).as(job.errors()).isZero();
    assertThat(manifest().records()).isEqualTo(500);
    assertThat(farm.requests()).isEqualTo(500);
    assertThat(job.errors()).doesNotContain("Exception");
  }

  @Test
  void refusesSpeculation() throws Exception {
    Submission job =
        cluster.submit(
            List.of("--conf", "spark.speculation=true"),
            "-o",
            directory.resolve("out").toString(),
            list(10).toString());

    assertThat(job.await()).as(job.errors()).isEqualTo(2);
    assertThat(job.errors()).contains("spark.speculation=true would send requests twice");
    assertThat(farm.requests()).isZero();
  }

  @Test
  void tenKilledExecutorsLoseAndDoubleNothing() throws Exception {
    int entries = 6_000;
    farm.delay(SLOW);
    Submission job = submit(list(entries), "--warc");
    for (int kill = 0; kill < KILLS; kill++) {
      awaitMoreRequests(job, 20 + random.nextInt(200));
      List<ProcessHandle> executors = cluster.executors();
      executors.get(random.nextInt(executors.size())).destroyForcibly();
      farm.forgetInFlight();
    }
    farm.delay(Duration.ZERO);

    assertThat(job.await()).as(job.errors()).isZero();
    assertThat(urlnums()).containsExactly(LongStream.range(0, entries).toArray());
    assertThat(farm.requests()).isBetween((long) entries, entries + KILLS * MOST_LOST);
    assertNoHostHadMoreThanItsShare();
    JobArchives archives = new JobArchives(directory.resolve("out"));
    assertThat(archives.responses(records())).hasSize(entries);
    assertThat(archives.archived()).hasSize(entries);
  }

  @Test
  void aKilledDriverIsContinuedByTheSameCommand() throws Exception {
    int entries = 3_000;
    farm.delay(SLOW);
    Path list = list(entries);
    Submission killed = submit(list);
    awaitMoreRequests(killed, 1000 + random.nextInt(500));
    killed.driver().destroyForcibly();
    killed.await();
    farm.forgetInFlight();
    long before = farm.requests();
    farm.delay(Duration.ZERO);

    Submission again = submit(list);

    assertThat(again.await()).as(again.errors()).isZero();
    assertThat(urlnums()).containsExactly(LongStream.range(0, entries).toArray());
    assertThat(before).isLessThan(entries);
    assertThat(farm.requests()).isLessThanOrEqualTo(entries + 2 * MOST_LOST);
    assertNoHostHadMoreThanItsShare();
  }

  private Path list(int entries) throws IOException {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      urls.add(farm.url(2 + i % HOSTS, "/" + i));
    }
    return Files.write(directory.resolve("urls.txt"), urls);
  }

  private Submission submit(Path list, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of("--resume", "-f", "jsonl"));
    options.addAll(List.of("-o", directory.resolve("out").toString()));
    options.addAll(List.of("--per-host", String.valueOf(PER_HOST)));
    options.addAll(List.of("--partitions", String.valueOf(TASKS)));
    options.addAll(List.of("--workers", String.valueOf(WORKERS)));
    options.addAll(List.of(more));
    options.add(list.toString());
    return cluster.submit(
        SmallChunks.class,
        List.of("--conf", "spark.task.maxFailures=100"),
        options.toArray(String[]::new));
  }

  /**
   * Returns when both executors run, and the servers were sent more requests. The servers are slow
   * in the meantime, so that the job outlasts it.
   */
  private void awaitMoreRequests(Submission job, int more) {
    farm.delay(SLOW);
    await(job, "both executors run", () -> cluster.executors().size() == 2);
    farm.delay(Duration.ofMillis(100));
    long now = farm.requests();
    await(job, "they send requests", () -> farm.requests() >= now + more);
  }

  private static void await(Submission job, String what, BooleanSupplier condition) {
    Patience patience = new Patience(what, PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(job.driver().isAlive()).as(job::errors).isTrue();
      patience.pause();
    }
  }

  /** The positions of the records that the manifest names, sorted. */
  private long[] urlnums() throws IOException {
    List<Long> urlnums = new ArrayList<>();
    for (String record : records()) {
      Matcher urlnum = URLNUM.matcher(record);
      assertThat(urlnum.find()).as(record).isTrue();
      urlnums.add(Long.valueOf(urlnum.group(1)));
    }
    return urlnums.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private List<String> records() throws IOException {
    List<String> records = new ArrayList<>();
    for (Chunk chunk : manifest().chunks()) {
      records.addAll(Files.readAllLines(directory.resolve("out").resolve(chunk.name())));
    }
    return records;
  }

  private Manifest manifest() throws IOException {
    Path out = directory.resolve("out");
    assertThat(out.resolve(Manifest.SUCCESS)).exists();
    return Manifest.parse(Files.readString(out.resolve(Manifest.NAME)));
  }

  private void assertNoHostHadMoreThanItsShare() {
    assertThat(IntStream.range(2, 2 + HOSTS).map(farm::mostInFlight))
        .allMatch(most -> most >= 1 && most <= PER_HOST);
  }
}
