package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.cli.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs on Spark in this JVM. */
class FetchJobTest extends LocalJobs {
  @Test
  void fetchesAListOnceAndGivesItsRecords() throws IOException {
    String list = list(urls(2000));

    Dataset<Row> records = job(list).run();

    assertThat(records.count()).isEqualTo(2000);
    assertThat(records.filter("ok and response_code = 200").count()).isEqualTo(2000);
    assertThat(records.select("urlnum").distinct().count()).isEqualTo(2000);
    assertThat(farm.requests()).isEqualTo(2000);
    assertThat(directory.resolve("out/_SUCCESS")).exists();
    assertThat(spark.read().parquet(output()).count()).isEqualTo(2000);
  }

  /** What has to be equal wherever a record is made: all but the times. */
  private static List<String> comparable(Dataset<Row> records) {
    String[] columns =
        Stream.of(records.columns())
            .filter(name -> !name.startsWith("time_") && !name.equals("meta"))
            .map(name ->
                name.equals("body_truncated") ? "coalesce(body_truncated, false) as cut" : name)
            .toArray(String[]::new);
    return records.selectExpr(columns).orderBy("urlnum").toJSON().collectAsList();
  }

  /** Lines of all kinds on 50 hosts; of twelve, one has no entry. */
  private List<String> mixedList(int count) {
    List<String> lines = new ArrayList<>(List.of("\ufeff# a comment", ""));
    for (int i = 0; i < count; i++) {
      int host = 1 + i % 50;
      int other = 1 + (i * 7 + 3) % 50;
      lines.add(
          switch (i % 12) {
            case 0 -> farm.url(host, "/missing/" + i);
            case 1 -> farm.url(host, "/to/" + other + "/page/" + i);
            case 2 -> farm.url(host, "/to/" + other + "/to/" + host + "/missing/" + i);
            case 3 -> "not a url " + i;
            case 4 -> "ftp://127.0.0.1/" + i;
            case 5 -> "  " + farm.url(host, "/page/" + i) + "  ";
            case 6 -> "http://user:secret@127.0.0." + host + ":1/" + i;
            case 7 -> "\n# a comment";
            default -> farm.url(host, "/page/" + i);
          });
    }
    return lines;
  }

  @Test
  void makesTheRecordsOfTheCommandLine() throws Exception {
    String list = list(mixedList(21_818));
    String[] options = {"--retry=0", "--hash=md5", "--include-body=10", "--no-host-breaker"};
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("-f", "jsonl", "-o", "cli.jsonl", "urls.txt"));
    CommandLine.run(directory, words.toArray(String[]::new));

    Dataset<Row> records = job(options).settings(list).run();

    Dataset<Row> expected =
        spark.read().schema(records.schema()).json(directory.resolve("cli.jsonl").toString());
    assertThat(comparable(records).stream().map(this::withoutPlace).toList())
        .isEqualTo(comparable(expected).stream().map(this::withoutPlace).toList())
        .hasSize(20_000);
  }

  /** Messages name the list as it was given: by its whole path, or within the directory. */
  private String withoutPlace(String record) {
    return record.replace(directory + "/", "");
  }

  @Test
  void fetchesNothingWhenItsDatasetIsUsed() throws IOException {
    Dataset<Row> records =
        FetchJob.on(spark)
            .run(spark.createDataset(urls(300), Encoders.STRING()).toDF("page"), "page", output());

    long fetched = farm.requests();
    assertThat(records.count()).isEqualTo(300);
    assertThat(records.filter("ok").count()).isEqualTo(300);
    assertThat(records.select("urlnum").distinct().count()).isEqualTo(300);
    assertThat(farm.requests()).isEqualTo(fetched).isEqualTo(300);
  }

  @Test
  void passesTheOtherColumnsOfATableOnAsMeta() throws IOException {
    Dataset<Row> table =
        spark
            .createDataset(List.of(farm.url(1, "/a"), "no url"), Encoders.STRING())
            .selectExpr(
                "'x\"y' as name",
                "value as URL",
                "array(1, 2) as list",
                "cast(null as int) as method",
                "1.5 as headers");

    List<Row> records =
        FetchJob.on(spark).run(table, "url", output()).orderBy("urlnum").collectAsList();

    assertThat(records)
        .extracting(row -> row.<String>getAs("meta"))
        .containsOnly("{\"name\":\"x\\\"y\",\"list\":[1,2],\"method\":null,\"headers\":1.5}");
    assertThat(records).extracting(row -> row.<Boolean>getAs("ok")).containsExactly(true, false);
    assertThat(records.get(1).<String>getAs("errormsg")).startsWith("line 2 of the dataset: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"urls.csv", "urls.tsv", "urls.jsonl"})
  void readsTheListsOfTheCommandLine(String name) throws Exception {
    String separator = name.endsWith("tsv") ? "\t" : ",";
    List<String> lines =
        name.endsWith("jsonl")
            ? List.of(
                "{\"url\":\"" + farm.url(1, "/a") + "\",\"id\":1,\"method\":\"HEAD\"}",
                "",
                "{\"url\":7}")
            : List.of(
                String.join(separator, "id", "url", "note"),
                String.join(separator, "1", farm.url(1, "/a"), ""),
                String.join(separator, "2", farm.url(2, "/b"), "\"a \"\"b\"\"\""));
    Files.write(directory.resolve(name), lines);
    CommandLine.run(directory, "-f", "jsonl", "-o", "cli.jsonl", name);

    Dataset<Row> records = job("-f", "jsonl", directory.resolve(name).toString()).run();

    Dataset<Row> expected =
        spark.read().schema(records.schema()).json(directory.resolve("cli.jsonl").toString());
    assertThat(texts(records)).isEqualTo(texts(expected)).isNotEmpty();
  }

  private List<String> texts(Dataset<Row> records) {
    Dataset<Row> sorted = records.orderBy("urlnum");
    return sorted.selectExpr("urlnum", "url", "method", "error", "meta").toJSON().collectAsList();
  }

  @Test
  void readsParquet() throws IOException {
    String list = directory.resolve("urls.parquet").toString();
    spark.createDataset(urls(10), Encoders.STRING()).toDF("link").write().parquet(list);

    assertThat(job(list).run().filter("ok").count()).isEqualTo(10);
  }

  @Test
  void keepsToTheLimitOfAHostThatSeveralTasksShare() throws IOException {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      urls.add(farm.url(i % 5 < 2 ? 1 : 2 + i % 49, "/page/" + i));
    }
    urls.sort(null);

    Dataset<Row> records = job("--per-host=2", list(urls)).run();

    assertThat(records.filter("ok").count()).isEqualTo(1000);
    assertThat(farm.requests()).isEqualTo(1000);
    for (int host = 1; host <= 50; host++) {
      assertThat(farm.mostInFlight(host)).isLessThanOrEqualTo(2);
    }
    assertThat(Files.readString(directory.resolve("out/_manifest.json")))
        .contains("\"127.0.0.1\" : 2");
  }

  @Test
  void refusesSpeculation() throws IOException {
    String list = list(urls(1));
    spark.sparkContext().conf().set("spark.speculation", "true");
    try {
      assertThatThrownBy(() -> job(list).run())
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("spark.speculation=true would send requests twice");
    } finally {
      spark.sparkContext().conf().remove("spark.speculation");
    }
    assertThat(farm.requests()).isZero();
  }

  @Test
  void refusesAnOutputThatIsThereAndReadsACompleteOneToResume() throws IOException {
    String list = list(urls(20));
    job(list).run();

    assertThatThrownBy(() -> job(list).run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--resume");
    assertThat(job("--resume", list).run().count()).isEqualTo(20);
    assertThat(FetchJob.on(spark).read(output()).filter("ok").count()).isEqualTo(20);
    assertThat(farm.requests()).isEqualTo(20);
  }

  @Test
  void needsAList() {
    assertThatThrownBy(() -> job().run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no SOURCE");
    assertThatThrownBy(() -> job("/no/such").run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("/no/such: no such file");
  }

  private String summary(String... words) throws IOException {
    JobOptions options = JobOptions.parse(Map.of(), List.of(words));
    return FetchJob.on(spark).summary(options);
  }

  @Test
  void summarizesWhatItHasWritten() throws IOException {
    List<String> urls = urls(99);
    for (int i = 0; i < 101; i++) {
      urls.add(farm.url(60, "/missing/" + i));
    }

    assertThat(summary("-w2", "--no-host-breaker", "--partitions=4", "-o", output(), list(urls)))
        .startsWith("200 urls: 99 ok, 101 failed (101 http_status); ")
        .contains("hosts shared by several tasks, each with its part of the limits: 127.0.0.60 by")
        .contains("elapsed; ");
  }

  @Test
  void fetchesWhatTheShardsOfTheCommandLineFetch() throws Exception {
    String list = list(mixedList(398));
    for (String shard : List.of("1/2", "2/2")) {
      CommandLine.run(
          directory,
          "--shard=" + shard,
          "--retry=0",
          "-f",
          "jsonl",
          "-o",
          "part-{shard}.jsonl",
          "urls.txt");
    }
    Dataset<Row> records = job("--retry=0", list).run();

    Dataset<Row> shards =
        spark.read().schema(records.schema()).json(directory.resolve("part-*.jsonl").toString());
    assertThat(outcomes(records)).isEqualTo(outcomes(shards)).hasSize(365);
  }

  private static List<String> outcomes(Dataset<Row> records) {
    return records
        .orderBy("urlnum")
        .selectExpr("urlnum", "input", "url_effective", "response_code", "error")
        .toJSON()
        .collectAsList();
  }
}
