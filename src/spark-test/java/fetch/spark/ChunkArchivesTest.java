package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.ArchivedResponse;
import fetch.Attempt;
import fetch.Clock;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Outcome;
import fetch.Representation;
import fetch.SavedBody;
import fetch.Target;
import fetch.Timings;
import fetch.Validators;
import fetch.output.Column;
import fetch.output.Field;
import fetch.warc.ArchiveSpool;
import fetch.warc.Capture;
import fetch.warc.ExchangeInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How archives are committed with their chunks. */
@Timeout(60)
class ChunkArchivesTest {
  private static final Configuration HADOOP = new Configuration(false);
  private static final int ENTRIES = 600;

  private static final List<Column> COLUMNS =
      Stream.concat(
              Field.all().stream(),
              Stream.of(Field.FILENAME_EFFECTIVE, Field.WARC_OFFSET, Field.WARC_LENGTH))
          .map(Column.class::cast)
          .toList();

  @TempDir private Path directory;
  @TempDir private Path spools;

  private static FetchRequest request(long urlnum) {
    String url = "http://h/" + urlnum;
    return new FetchRequest(urlnum, url, new Target(url, url, "h", 80));
  }

  /** A result whose response is in the spool. */
  private static FetchResult archived(long urlnum, ArchiveSpool spool) throws IOException {
    byte[] request = ("GET /" + urlnum + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] head = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] body = ("body of " + urlnum).getBytes(StandardCharsets.US_ASCII);
    ArchivedResponse place;
    try (Capture capture = spool.begin(request(urlnum))) {
      capture.sent(request, 0, request.length);
      capture.received(head, 0, head.length);
      capture.headEnds(0, false);
      capture.received(body, 0, body.length);
      place =
          capture.finish(
              new ExchangeInfo(
                  "http://h/" + urlnum,
                  "GET",
                  200,
                  null,
                  new ExchangeInfo.Connection(null, List.of(), null),
                  0,
                  null));
    }
    Attempt attempt =
        new Attempt(
            new Outcome.Responded(200),
            new Attempt.Requests("GET", "http://h/" + urlnum, 0),
            Attempt.Response.NONE,
            Attempt.Body.NONE,
            new Representation(SavedBody.NOTHING.withArchived(place), Validators.NONE),
            Attempt.Peer.NONE,
            new Timings(1, 0, 0, 0, 0, 0));
    return new FetchResult(request(urlnum), "GET", null, attempt, 0, 0);
  }

  private PartChunks chunks(OutputDirectory output) throws IOException {
    PartChunks chunks = new PartChunks(output, HADOOP, ChunkFormat.JSONL, true, 1, 0);
    chunks.read();
    return chunks;
  }

  private void write(int seed, CountDownLatch together) {
    List<Long> order = new ArrayList<>(LongStream.range(0, ENTRIES).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    OutputDirectory output = open();
    try (ArchiveSpool spool = new ArchiveSpool(spools, "software: fetch\r\n", Clock.system());
        ChunkWriter writer =
            new ChunkWriter(
                chunks(output),
                new ChunkArchives(output, spool),
                COLUMNS,
                new ChunkWriter.Size(50, Duration.ofHours(1)),
                Clock.system(),
                () -> {})) {
      writer.start();
      together.await();
      for (long urlnum : order) {
        writer.accept(archived(urlnum, spool));
      }
      writer.close();
      writer.check();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OutputDirectory open() {
    try {
      return OutputDirectory.open(directory.toString(), HADOOP);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoTasksThatWriteTheSamePartLeaveOneArchiveForEachChunk() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    List<Thread> tasks =
        List.of(
            Thread.ofVirtual().start(() -> write(1, together)),
            Thread.ofVirtual().start(() -> write(2, together)));
    together.countDown();
    for (Thread task : tasks) {
      task.join();
    }

    List<Chunk> committed = chunks(open()).chunks();
    try (OutputStream out = Files.newOutputStream(directory.resolve(Manifest.NAME))) {
      new Manifest("", 1, Map.of(), committed).writeTo(out);
    }
    List<String> records = new ArrayList<>();
    for (Chunk chunk : committed) {
      records.addAll(Files.readAllLines(directory.resolve(chunk.name())));
    }
    JobArchives archives = new JobArchives(directory);
    Map<Long, String> responses = archives.responses(records);
    assertThat(records).hasSize(ENTRIES);
    assertThat(responses).hasSize(ENTRIES).containsEntry(17L, "200 body of 17");
    assertThat(archives.archived()).hasSize(ENTRIES);
  }

  @Test
  void theFilesOfASpoolAreGoneWhenItIsClosed() throws IOException {
    try (ArchiveSpool spool = new ArchiveSpool(spools, "", Clock.system())) {
      archived(1, spool);
      assertThat(spool.length(1)).isPositive();
      assertThat(spool.length(2)).isZero();
      spool.release(List.of(1L));
      assertThat(spool.length(1)).isZero();
      archived(2, spool);
    }
    try (Stream<Path> left = Files.list(spools)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aSpoolThatCannotWriteSaysWhy() {
    try (ArchiveSpool spool = new ArchiveSpool(spools.resolve("none"), "", Clock.system())) {
      assertThatThrownBy(() -> archived(1, spool))
          .hasMessageContaining("cannot write to " + spools.resolve("none"));
      assertThat(spool.complaint()).startsWith("cannot write to ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
