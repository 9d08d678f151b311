package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.cli.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs with an archive for each chunk. */
@Timeout(120)
class ArchivedJobsTest extends LocalJobs {
  private FetchJob archiving(List<String> lines, String... options) throws IOException {
    return job("--warc", list(lines))
        .settings(options)
        .chunks(new ChunkWriter.Size(40, Duration.ofSeconds(60)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "jsonl"})
  void recordsSayWhereTheirResponsesAre(String format) throws IOException {
    List<String> lines = new ArrayList<>();
    Map<Long, String> expected = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      String page = "/page/" + i;
      String missing = "/missing/" + i;
      lines.add(
          switch (i % 4) {
            case 0 -> farm.url(1 + i % 30, missing);
            case 1 -> farm.url(1 + i % 30, "/to/" + (1 + i % 7) + page);
            case 2 -> "not a url";
            default -> farm.url(1 + i % 30, page);
          });
      if (i % 4 != 2) {
        expected.put((long) i, i % 4 == 0 ? "404 this is " + missing : "200 this is " + page);
      }
    }

    Dataset<Row> records = archiving(lines, "-f", format, "--no-host-breaker").run();

    JobArchives archives = new JobArchives(directory.resolve("out"));
    assertThat(archives.responses(records.toJSON().collectAsList())).isEqualTo(expected);
    assertThat(archives.archived()).hasSize(300).hasSize((int) farm.requests());
    assertThat(records.filter("filename_effective is null").count()).isEqualTo(75);
    assertThat(spark.read().format(format.equals("jsonl") ? "json" : format).load(output()).count())
        .isEqualTo(300);
  }

  @Test
  void archivesHaveRetriesAndRobotsOfTheirHostsToo() throws IOException {
    Dataset<Row> records =
        archiving(
                List.of(farm.url(1, "/broken/a"), farm.url(2, "/page/b")),
                "--robots",
                "--retry=1",
                "--retry-delay=1ms")
            .run();

    JobArchives archives = new JobArchives(directory.resolve("out"));
    assertThat(archives.responses(records.toJSON().collectAsList()))
        .containsOnly(Map.entry(0L, "503 this is /broken/a"), Map.entry(1L, "200 this is /page/b"));
    assertThat(archives.archived())
        .extracting(record -> record.header("WARC-Target-URI"))
        .containsExactlyInAnyOrder(
            farm.url(1, "/robots.txt"),
            farm.url(1, "/broken/a"),
            farm.url(1, "/broken/a"),
            farm.url(2, "/robots.txt"),
            farm.url(2, "/page/b"));
  }

  @Test
  void writesNoArchiveWithoutResponses() throws IOException {
    Dataset<Row> records = archiving(List.of("not a url", "http://127.0.0.1:1/")).run();

    assertThat(records.filter("warc_offset is null").count()).isEqualTo(2);
    assertThat(directory.resolve("out/_warc")).doesNotExist();
  }

  @Test
  void endsAChunkWhenItsArchiveIsLarge() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(farm.url(1, "/page/" + i));
    }
    archiving(lines, "--warc-max-size=1").run();

    assertThat(new JobArchives(directory.resolve("out")).archived()).hasSize(20);
    assertThat(manifest().chunks()).hasSizeGreaterThan(1);
  }

  @Test
  void aLaterDriverFindsTheArchivesAndDeletesThoseThatNoChunkNames() throws IOException {
    List<String> lines = List.of(farm.url(1, "/page/1"), farm.url(2, "/page/2"));
    archiving(lines).run();
    Path archives = directory.resolve("out/_warc");
    Files.delete(directory.resolve("out/_SUCCESS"));
    Files.delete(directory.resolve("out/_manifest.json"));
    Files.writeString(archives.resolve("round-001-part-00000-chunk-000000-2.warc.gz"), "lost");
    Files.writeString(archives.resolve("round-001-part-00000-chunk-000001.warc.gz"), "lost");

    Dataset<Row> records = archiving(lines, "--resume").run();

    assertThat(farm.requests()).isEqualTo(2);
    assertThat(
            new JobArchives(directory.resolve("out")).responses(records.toJSON().collectAsList()))
        .hasSize(2);
  }

  @Test
  void addsANumberToTheNameOfAnArchiveThatIsThere() throws IOException {
    Path archives = Files.createDirectories(directory.resolve("out/_warc"));
    Files.writeString(archives.resolve("round-001-part-00000-chunk-000000.warc.gz"), "lost");

    Dataset<Row> records = archiving(List.of(farm.url(1, "/page/1")), "--resume").run();

    assertThat(records.first().<String>getAs("filename_effective"))
        .isEqualTo("_warc/round-001-part-00000-chunk-000000-2.warc.gz");
    assertThat(new JobArchives(directory.resolve("out")).archived()).hasSize(1);
  }

  @Test
  void refusesReferencesToOtherArchives() {
    assertThatThrownBy(() -> archiving(List.of("x"), "--warc-dedup").run())
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--warc-dedup does not work on Spark: a reference would");
  }
}
