package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.cli.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and options that are not the usual ones. */
@Timeout(120)
class UnusualJobsTest extends LocalJobs {
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "jsonl"})
  void writesNoRecordsForAnEmptyList(String format) throws IOException {
    Dataset<Row> records = job("-f", format, list("urls.txt", List.of("", "# none"))).run();

    assertThat(records.count()).isZero();
    assertThat(records.columns()).contains("urlnum", "time_total");
    assertThat(directory.resolve("out/_SUCCESS")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "id,url\n"})
  void writesNoRecordsForATableWithoutRows(String table) throws IOException {
    for (String name : List.of("urls.csv", "urls.tsv")) {
      String list = list(name, List.of());
      Files.writeString(Path.of(list), table.replace(',', name.endsWith("tsv") ? '\t' : ','));
      String output = directory.resolve(name + "-records").toString();

      assertThat(FetchJob.on(spark).settings("-o", output, list).run().count()).isZero();
    }
  }

  @Test
  void readsOtherListsBesideAnEmptyTable() throws IOException {
    String empty = list("urls.csv", List.of());
    String other = list("b.csv", List.of("url", farm.url(1, "/a")));

    Row record = job(empty, other).run().first();

    assertThat(record.<Long>getAs("urlnum")).isZero();
    assertThat(record.<Boolean>getAs("ok")).isTrue();
  }

  @Test
  void fetchesTheFirstEntriesOnly() throws IOException {
    List<String> lines = new ArrayList<>(urls(30));
    lines.addFirst("# a comment");

    List<Row> records = job("--limit=7", list("urls.txt", lines)).run().collectAsList();

    assertThat(records)
        .extracting(row -> row.<Long>getAs("urlnum"))
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(farm.requests()).isEqualTo(7);
  }

  @Test
  void numbersSeveralListsOneAfterTheOther() throws IOException {
    String first = list("a.txt", List.of(farm.url(1, "/a"), "no url"));
    String second = list("b.jsonl", List.of("{\"url\":\"" + farm.url(2, "/b") + "\",\"id\":3}"));

    List<Row> records = job(first, second).run().orderBy("urlnum").collectAsList();

    assertThat(records).extracting(row -> row.<Long>getAs("urlnum")).containsExactly(0L, 1L, 2L);
    assertThat(records.get(1).<String>getAs("errormsg")).startsWith("line 2 of " + first);
    assertThat(records.get(2).<String>getAs("meta")).isEqualTo("{\"id\":3}");
    assertThat(records.get(0).<String>getAs("meta")).isNull();
  }

  @Test
  void keepsTheHostsOfADomainTogetherAndSharesNone() throws IOException {
    Dataset<Row> records = job("--by=domain", list("urls.txt", urls(500))).run();

    assertThat(records.filter("ok").count()).isEqualTo(500);
    assertThat(Files.readString(directory.resolve("out/_manifest.json")))
        .contains("\"shared_hosts\" : { }");
  }

  @Test
  void failsEntriesWhoseOwnMethodMustNotBeRepeated() throws IOException {
    String post = "{\"url\":\"" + farm.url(1, "/a") + "\",\"method\":\"POST\"}";
    String list = list("urls.jsonl", List.of(post));

    Row record = job(list).run().first();

    assertThat(record.<String>getAs("error")).isEqualTo("refused");
    assertThat(record.<String>getAs("errormsg")).contains("--at-least-once allows it");
    assertThat(farm.requests()).isZero();
    assertThat(
            FetchJob.on(spark)
                .settings("--at-least-once", "-o", directory.resolve("other").toString(), list)
                .run()
                .filter("ok")
                .count())
        .isEqualTo(1);
  }

  @Test
  void showsNoSecretsInThePlanTheConfigurationOrTheStages() throws IOException {
    Dataset<Row> records =
        job(
                "--user=me:hunter2",
                "-H",
                "X-Api-Key: hunter2",
                "--credentials-for=127.0.0.1",
                list("urls.txt", urls(50)))
            .run();

    assertThat(records.filter("ok").count()).isEqualTo(50);
    assertThat(records.queryExecution().toString()).doesNotContain("hunter2");
    assertThat(spark.sparkContext().getConf().toDebugString()).doesNotContain("hunter2");
    assertThat(stages()).contains("fetch: round 1, 50 entries").doesNotContain("hunter2");
  }

  private static String stages() {
    StringBuilder text = new StringBuilder();
    spark
        .sparkContext()
        .statusStore()
        .jobsList(null)
        .foreach(job -> text.append(job.name()).append(job.description()).append('\n'));
    return text.toString();
  }

  @Test
  void takesTheOutputOfAProgramFromTheProgram() {
    assertThatThrownBy(() -> job().run(spark.range(1).toDF("url"), "url", "elsewhere"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--output names another one");
  }

  @Test
  void makesThePageOfTheJobFromItsRecords() throws IOException {
    List<String> urls = new ArrayList<>(urls(40));
    urls.addAll(List.of(farm.url(1, "/missing/1"), "no url"));
    Path page = directory.resolve("page.html");

    job("--report=" + page, "-H", "X-Api-Key: hunter2", list("urls.txt", urls)).run();

    assertThat(Files.readString(page))
        .contains("http_status", "invalid_url", "on Spark")
        .doesNotContain("hunter2");
  }
}
