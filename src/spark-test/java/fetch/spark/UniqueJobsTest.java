package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.cli.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that send each request once, and jobs whose URLs are made of other values. */
@Timeout(120)
class UniqueJobsTest extends LocalJobs {
  /** A third of the requests come again, and one host has a third of the list. */
  private List<String> repeating() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String page = "/page/" + i % 400;
      lines.add(
          switch (i % 6) {
            case 0 -> farm.url(1, "/missing/" + i % 100);
            case 1 -> farm.url(1, page) + "#" + i;
            case 2 -> "not a url";
            case 3 -> "http://127.0.0.2:1/" + i % 40;
            default -> farm.url(2 + i % 20, page);
          });
    }
    return lines;
  }

  private static List<String> comparable(Dataset<Row> records) {
    return records
        .orderBy("urlnum")
        .selectExpr(
            "urlnum",
            "url",
            "url_effective",
            "ok",
            "response_code",
            "error",
            "exitcode",
            "errormsg",
            "size_delivered",
            "duplicate_of",
            "time_start is null")
        .toJSON()
        .collectAsList();
  }

  @Test
  void givesDuplicatesTheOutcomesThatTheCommandLineGivesThem() throws Exception {
    String list = list(repeating());
    String[] options = {"--unique", "--retry=0", "--no-host-breaker"};
    CommandLine.run(
        directory,
        "--unique",
        "--retry=0",
        "--no-host-breaker",
        "-f",
        "jsonl",
        "-o",
        "cli.jsonl",
        "urls.txt");
    long requests = farm.requests();

    Dataset<Row> records = job(options).settings("--partitions=5", list).run();

    Dataset<Row> expected =
        spark.read().schema(records.schema()).json(directory.resolve("cli.jsonl").toString());
    assertThat(comparable(records).stream().map(record -> record.replace(directory + "/", "")))
        .containsExactlyElementsOf(comparable(expected))
        .hasSize(600);
    assertThat(farm.requests()).isEqualTo(2 * requests);
    assertThat(records.filter("duplicate_of is not null").count()).isGreaterThan(100);
    assertThat(manifest().records()).isEqualTo(600);
  }

  @Test
  void aLaterDriverWritesTheDuplicatesThatAreMissing() throws IOException {
    List<String> lines = List.of(farm.url(1, "/a"), farm.url(2, "/b"), farm.url(1, "/a"));
    String list = list(lines);
    job("--unique", list).run();
    Files.delete(directory.resolve("out/_SUCCESS"));
    Files.delete(directory.resolve("out/duplicates-part-00000-chunk-000000.parquet"));

    Dataset<Row> records = job("--unique", "--resume", list).run();

    assertThat(records.orderBy("urlnum").select("duplicate_of").collectAsList())
        .extracting(row -> row.isNullAt(0) ? null : row.getLong(0))
        .containsExactly(null, null, 0L);
    assertThat(farm.requests()).isEqualTo(2);
  }

  @Test
  void takesAListWithoutDuplicates() throws IOException {
    Dataset<Row> records = job("--unique", "-f", "jsonl", list(urls(10))).run();

    assertThat(records.filter("ok and duplicate_of is null").count()).isEqualTo(10);
  }

  @Test
  void makesUrlsOfTheColumnsOfATable() throws IOException {
    String template = farm.url(1, "/{kind}/x?id={id}");
    Dataset<Row> table =
        spark
            .createDataset(List.of("a b", "c"), Encoders.STRING())
            .selectExpr("value as kind", "length(value) as id");

    List<Row> records =
        FetchJob.on(spark)
            .settings("--url-template=" + template)
            .run(table, "", output())
            .orderBy("urlnum")
            .collectAsList();

    assertThat(records)
        .extracting(row -> row.<String>getAs("url"))
        .containsExactly(farm.url(1, "/a%20b/x?id=3"), farm.url(1, "/c/x?id=1"));
    assertThat(records.getFirst().<String>getAs("meta")).isEqualTo("{\"kind\":\"a b\",\"id\":3}");
  }

  @Test
  void makesUrlsOfLinesAsTheCommandLineDoes() throws Exception {
    String template = "--url-template=" + farm.url(1, "/item/{line}");
    String list = list(List.of("7", "# none", "a/b", ".."));
    CommandLine.run(directory, template, "-f", "jsonl", "-o", "cli.jsonl", "urls.txt");

    Dataset<Row> records = job(template, "-f", "jsonl", list).run();

    Dataset<Row> expected =
        spark.read().schema(records.schema()).json(directory.resolve("cli.jsonl").toString());
    String[] columns = {"urlnum", "input", "url", "error", "meta"};
    assertThat(records.orderBy("urlnum").selectExpr(columns).toJSON().collectAsList())
        .isEqualTo(expected.orderBy("urlnum").selectExpr(columns).toJSON().collectAsList())
        .hasSize(3);
  }

  @Test
  void refusesATemplateWithoutItsColumns() throws IOException {
    String list = list(List.of("7"));

    assertThatThrownBy(() -> job("--url-template=http://h/{id}", list).run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no column is named 'id'; there are: line");
  }
}
