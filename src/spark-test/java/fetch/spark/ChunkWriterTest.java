package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Clock;
import fetch.Eventually;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Target;
import fetch.output.Column;
import fetch.output.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How chunks are committed. */
@Timeout(60)
class ChunkWriterTest {
  private static final Configuration HADOOP = new Configuration(false);
  private static final List<Column> COLUMNS = List.copyOf(Field.all());
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path directory;

  private static FetchResult result(long urlnum) {
    Target target = new Target("http://h/", "http://h/", "h", 80);
    return new FetchResult(new FetchRequest(urlnum, "http://h/", target), "GET", null, null, 0, 0);
  }

  private PartChunks chunks(ChunkFormat format) throws IOException {
    OutputDirectory output = OutputDirectory.open(directory.toString(), HADOOP);
    PartChunks chunks = new PartChunks(output, HADOOP, format, false, 1, 0);
    chunks.read();
    return chunks;
  }

  private static ChunkWriter start(PartChunks chunks, int records, Duration age) {
    ChunkWriter writer =
        new ChunkWriter(
            chunks, null, COLUMNS, new ChunkWriter.Size(records, age), Clock.system(), () -> {});
    writer.start();
    return writer;
  }

  private List<Long> written(ChunkFormat format) throws IOException {
    List<Long> positions = new ArrayList<>();
    for (Chunk chunk : chunks(format).chunks()) {
      format.readCommitted(
          new org.apache.hadoop.fs.Path(directory.resolve(chunk.name()).toUri()),
          HADOOP,
          false,
          (urlnum, _) -> positions.add(urlnum));
    }
    return positions;
  }

  @ParameterizedTest
  @EnumSource(ChunkFormat.class)
  void commitsAChunkForEachNumberOfRecords(ChunkFormat format) throws IOException {
    PartChunks chunks = chunks(format);
    try (ChunkWriter writer = start(chunks, 10, LONG)) {
      LongStream.range(0, 25).forEach(i -> writer.accept(result(i)));
    }

    assertThat(chunks.chunks()).extracting(Chunk::records).containsExactly(10L, 10L, 5L);
    assertThat(chunks.chunks().getFirst().name())
        .isEqualTo("round-001-part-00000-chunk-000000." + format);
    assertThat(written(format)).containsExactlyElementsOf(LongStream.range(0, 25).boxed().toList());
  }

  @Test
  void commitsARecordThatHasWaitedLongEnough() throws IOException {
    try (ChunkWriter writer = start(chunks(ChunkFormat.JSONL), 1000, Duration.ofMillis(1))) {
      writer.accept(result(0));

      Eventually.holds(
          "a chunk with one record",
          () -> Files.exists(directory.resolve("round-001-part-00000-chunk-000000.jsonl")));
    }
  }

  @ParameterizedTest
  @EnumSource(ChunkFormat.class)
  void givesEachPositionOneRecordWhenTwoTasksWriteTheSamePart(ChunkFormat format) throws Exception {
    List<Thread> tasks = new ArrayList<>();
    CountDownLatch together = new CountDownLatch(1);
    for (int seed = 0; seed < 2; seed++) {
      List<Long> order = new ArrayList<>(LongStream.range(0, 1000).boxed().toList());
      Collections.shuffle(order, new Random(seed));
      PartChunks chunks = chunks(format);
      tasks.add(
          Thread.ofVirtual()
              .start(() -> {
                try (ChunkWriter writer = start(chunks, 50, LONG)) {
                  together.await();
                  order.forEach(i -> writer.accept(result(i)));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    together.countDown();
    for (Thread task : tasks) {
      task.join();
    }

    assertThat(written(format))
        .hasSize(1000)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 1000).boxed().toList());
  }

  @Test
  void keepsNoMoreRecordsThanAChunkHas() throws IOException {
    try (ChunkWriter writer = start(chunks(ChunkFormat.PARQUET), 10, LONG)) {
      for (int records = 1; records <= 100; records++) {
        writer.accept(result(records));

        assertThat(10 * chunksThere()).isGreaterThanOrEqualTo(records - 10);
      }
    }
  }

  private int chunksThere() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return Math.toIntExact(
          files.filter(file -> file.getFileName().toString().startsWith("round-")).count());
    }
  }

  @Test
  void leavesOutWhatIsCommittedWhenItBegins() throws IOException {
    try (ChunkWriter writer = start(chunks(ChunkFormat.PARQUET), 10, LONG)) {
      LongStream.range(0, 20).forEach(i -> writer.accept(result(i)));
    }
    PartChunks again = chunks(ChunkFormat.PARQUET);

    assertThat(again.found()).isEqualTo(20);
    assertThat(again.has(19)).isTrue();
    assertThat(again.has(20)).isFalse();
  }

  @Test
  void reportsWhatKeepsItFromWriting() throws IOException {
    PartChunks chunks = chunks(ChunkFormat.JSONL);
    Files.writeString(directory.resolve("_temporary"), "not a directory");
    ChunkWriter writer = start(chunks, 1, LONG);
    writer.accept(result(0));
    writer.close();

    assertThatThrownBy(writer::check)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write records: ");
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    try (ChunkWriter writer = start(chunks(ChunkFormat.PARQUET), 10, LONG)) {
      LongStream.range(0, 20).forEach(i -> writer.accept(result(i)));
    }
    try (Stream<Path> left = Files.list(directory.resolve("_temporary"))) {
      assertThat(left).isEmpty();
    }
  }
}
