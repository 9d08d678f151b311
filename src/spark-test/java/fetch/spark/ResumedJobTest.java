package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Eventually;
import fetch.cli.options.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that end early, and jobs of several rounds. */
@Timeout(120)
class ResumedJobTest extends LocalJobs {
  private static final int CHUNK = 20;
  private static final ChunkWriter.Size SMALL = new ChunkWriter.Size(CHUNK, Duration.ofSeconds(60));

  private FetchJob smallChunks(String... options) {
    return job(options).chunks(SMALL);
  }

  /** Pages of many hosts, and two that the server holds back. */
  private List<String> heldUrls(int pages) {
    List<String> urls = urls(pages);
    urls.add(farm.url(1, "/held/1"));
    urls.add(farm.url(2, "/held/2"));
    return urls;
  }

  private long chunks() {
    try (Stream<Path> files = Files.list(directory.resolve("out"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("round-")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertWhole(Dataset<Row> records, int entries) {
    assertThat(records.count()).isEqualTo(entries);
    assertThat(records.select("urlnum").distinct().count()).isEqualTo(entries);
    assertThat(records.filter("ok").count()).isEqualTo(entries);
    assertThat(directory.resolve("out/_list")).doesNotExist();
    assertThat(directory.resolve("out/_temporary")).doesNotExist();
  }

  private static Dataset<Row> run(FetchJob job) {
    try {
      return job.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goesOnAfterItsDriverEndedEarly() throws Exception {
    List<String> urls = heldUrls(600);
    String list = list(urls);
    farm.hold();
    CompletableFuture<Dataset<Row>> first =
        CompletableFuture.supplyAsync(() -> run(smallChunks("--partitions=2", list)));
    Eventually.holds("some chunks are there", () -> farm.requests() >= 602 && chunks() >= 20);
    spark.sparkContext().cancelAllJobs();
    assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS)).hasMessageContaining("cancelled");
    assertThat(directory.resolve("out/_SUCCESS")).doesNotExist();
    farm.release();

    Dataset<Row> records = smallChunks("--partitions=2", "--resume", list).run();

    assertWhole(records, 602);
    assertThat(farm.requests()).isLessThanOrEqualTo(602 + 2 * (CHUNK + 16));
  }

  @Test
  void refusesToGoOnWithAnotherList() throws Exception {
    String list = list(heldUrls(100));
    farm.hold();
    CompletableFuture<Dataset<Row>> first =
        CompletableFuture.supplyAsync(() -> run(smallChunks(list)));
    Eventually.holds("it fetches", () -> farm.requests() >= 20);
    spark.sparkContext().cancelAllJobs();
    assertThatThrownBy(first::join).isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> smallChunks("--resume", "--warc", list).run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("other options");
    list(heldUrls(101));

    assertThatThrownBy(() -> smallChunks("--resume", list).run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("another list");
    assertThatThrownBy(() -> smallChunks(list).run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--resume continues the job");
  }

  @Test
  void refusesToReadAFinishedJobForAnotherList() throws Exception {
    String list = list(heldUrls(20));
    smallChunks(list).run();
    list(heldUrls(21));

    assertThatThrownBy(() -> smallChunks("--resume", list).run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("another list");
  }

  @Test
  void leavesWhatWaitsForASlowHostToTheNextRounds() throws Exception {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      urls.add(farm.url(2 + i % 40, "/page/" + i));
    }
    for (int i = 0; i < 10; i++) {
      urls.add(farm.url(1, "/slow/" + i));
    }
    farm.hold();

    Dataset<Row> records = smallChunks("--round=1s", "--per-host=1", list(urls)).run();

    assertWhole(records, 410);
    assertThat(farm.requests()).isEqualTo(410);
    Manifest manifest = manifest();
    assertThat(manifest.rounds()).isBetween(2, 10);
    assertThat(manifest.records()).isEqualTo(410);
  }

  @Test
  void dividesTheListAgainWhenItsDriverEndedBeforeThatWasDone() throws Exception {
    Path half = directory.resolve("out/_list/round-001");
    Files.createDirectories(half);
    Files.writeString(half.resolve("part-00000"), "half of a list that was divided otherwise");
    farm.release();

    assertWhole(smallChunks("--partitions=2", "--resume", list(heldUrls(98))).run(), 100);
  }
}
