package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredInputTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private String list(String name, String text) throws IOException {
    byte[] bytes = text.replace("SITE", site.url("")).getBytes(StandardCharsets.UTF_8);
    if (name.endsWith(".gz")) {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (OutputStream zip = new GZIPOutputStream(zipped)) {
        zip.write(bytes);
      }
      bytes = zipped.toByteArray();
    }
    return Files.write(directory.resolve(name), bytes).toString();
  }

  private static List<JsonNode> records(Ended ended) {
    assertThat(ended.records()).allSatisfy(r -> assertThat(RecordSchema.violations(r)).isEmpty());
    return ended.records().stream().map(RecordSchema::parse).toList();
  }

  private static String metas(Ended ended) {
    return records(ended).stream().map(r -> String.valueOf(r.get("meta"))).toList().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list.csv", "LIST.CSV", "list.csv.gz"})
  void readsCsv(String name) throws IOException {
    String list = list(name, "id,url,label\r\n7,SITE/a,\"one, \"\"two\"\"\"\r\nx,%%,\r\n");

    Ended ended = InProcess.fetch("", "--ordered", "-fjsonl", list);

    assertThat(metas(ended))
        .isEqualTo(
            "[{\"id\":\"7\",\"label\":\"one, \\\"two\\\"\"}, {\"id\":\"x\",\"label\":\"\"}]");
    assertThat(records(ended))
        .extracting(r -> r.get("input").asText())
        .containsExactly(site.url("/a"), "%%");
    assertThat(ended.err()).startsWith("2 urls: 1 ok, 1 failed (1 invalid_url)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list.jsonl", "list.ndjson", "list.jsonl.gz"})
  void readsJsonLines(String name) throws IOException {
    String list =
        list(name, "{\"url\":\"SITE/a\",\"n\":1.50,\"deep\":{ \"b\":[ null, \"\u0085\" ]}}\n{]\n");

    Ended ended = InProcess.fetch("", "--ordered", "-fjsonl", list);

    assertThat(ended.records().getFirst())
        .endsWith("\"meta\":{\"n\":1.50,\"deep\":{\"b\":[null,\"\\u0085\"]}}}");
    assertThat(records(ended).getLast().has("meta")).isFalse();
    assertThat(records(ended).getLast().get("errormsg").asText())
        .isEqualTo("line 2 of " + list + ": the line is not JSON, near character 2");
  }

  @Test
  void readsTabsAndWhatStandardInputIsSaidToBe() throws IOException {
    String list = list("list.tsv", "url\ta\nSITE/1\tx\n");
    String input = "SITE/2 \n".replace("SITE", site.url(""));

    Ended ended =
        InProcess.fetch(
            "{\"url\":\"" + input.strip() + "\"}",
            "-ijsonl",
            "-fjsonl",
            "--ordered",
            "-",
            site.url("/3"));

    assertThat(metas(InProcess.fetch("", "-fjsonl", list))).isEqualTo("[{\"a\":\"x\"}]");
    assertThat(records(ended)).extracting(r -> r.get("ok").asBoolean()).containsExactly(true, true);
    assertThat(InProcess.fetch(input, "-f", "csv", "--fields=url", "-").records())
        .containsExactly("url", input.strip());
  }

  @Test
  void readsSourcesOfAllFormatsInOneRun() throws IOException {
    String csv = list("a.csv", "url,a\nSITE/1,x\nSITE/2,y\n");
    String jsonl = list("b.jsonl", "\n{\"url\":\"SITE/3\",\"b\":true}\n");
    String lines = list("c.txt", "# no\nSITE/4\n");

    Ended ended = InProcess.fetch("", "--ordered", "-fjsonl", "--limit=4", csv, jsonl, lines, csv);

    assertThat(metas(ended)).isEqualTo("[{\"a\":\"x\"}, {\"a\":\"y\"}, {\"b\":true}, null]");
    assertThat(records(ended)).extracting(r -> r.get("urlnum").asInt()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void givesEachPartItsOwnRows() throws IOException {
    StringBuilder rows = new StringBuilder("n,url\n");
    for (int n = 0; n < 20; n++) {
      rows.append(n).append(",http://127.0.0.").append(n + 1).append(":1/\n");
    }
    String list = list("list.csv", rows.toString());
    int entries = 0;
    for (int part = 1; part <= 3; part++) {
      entries +=
          InProcess.fetch("", "--retry=0", "-fjsonl", "--shard=" + part + "/3", list)
              .records()
              .size();
    }

    assertThat(entries).isEqualTo(20);
  }

  @Test
  void readsTheOtherListsWhenTheColumnsOfOneCannotBeTold() throws IOException {
    String bad = list("bad.csv", "name,site\nx,SITE/1\n");
    String good = list("good.csv", "site,url\nSITE/2,SITE/3\n");

    Ended ended = InProcess.fetch("", "-fcsv", "--fields=url", bad, good);

    assertThat(ended.records()).containsExactly("url", site.url("/3"));
    assertThat(ended.err())
        .startsWith("fetch: " + bad + ": no column is named url; set --url-column");
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(
            InProcess.fetch("", "-fcsv", "--fields=url", "--url-column=Site", bad, good).records())
        .containsExactlyInAnyOrder("url", site.url("/1"), site.url("/2"));
  }

  @Test
  void refusesAFormatThatItDoesNotKnow() {
    Ended ended = InProcess.fetch("", "-i", "xml", "-");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("'xml' is not one of auto, lines, csv, tsv, jsonl");
  }

  private static List<String> tails(Ended ended, int columns) {
    return ended.records().stream()
        .map(r -> r.replaceAll("^([^,]*,){" + columns + "}", ""))
        .toList();
  }

  @Test
  void givesATableAColumnForEachOneOfTheLists() throws IOException {
    String one = list("1.csv", "b,url,\"a\tx\"\nx,SITE/1,\"y\n,\"\n");
    String two = list("2.tsv", "url\tb\tc\nSITE/2\t\tz\n");
    String lines = list("3.txt", "SITE/3\n");

    Ended csv = InProcess.fetch("", "--ordered", "-fcsv", one, two, lines);
    Ended tsv = InProcess.fetch("", "--ordered", "-ftsv", one, two, lines);

    assertThat(csv.out())
        .startsWith("urlnum,input,")
        .contains(",time_total,meta.b,\"meta.a\\tx\",meta.c\n")
        .contains(",x,\"y\\n,\",\n")
        .containsPattern(",\\d\\.\\d{6},\"\",,z\n")
        .containsPattern(",\\d\\.\\d{6},,,\n$");
    assertThat(tsv.records().getFirst()).endsWith("\ttime_total\tmeta.b\tmeta.a\\tx\tmeta.c");
    assertThat(tsv.records().get(1)).endsWith("\tx\ty\\n,\t");
  }

  @Test
  void givesATableOneColumnWhereItCannotLookAhead() throws IOException {
    String csv = list("1.csv", "a,url\nx,SITE/1\n");
    String jsonl = list("2.jsonl", "{\"url\":\"SITE/2\",\"n\":1e2}\n{\"url\":\"SITE/3\"}\n");
    String piped = "url,a\n" + site.url("/1") + ",x\n";

    Ended mixed = InProcess.fetch("", "--ordered", "-fcsv", csv, jsonl);

    assertThat(tails(mixed, 25))
        .containsExactly("meta", "\"{\"\"a\"\":\"\"x\"\"}\"", "\"{\"\"n\"\":1e2}\"", "");
    assertThat(tails(InProcess.fetch(piped, "-icsv", "-fcsv"), 25))
        .containsExactly("meta", "\"{\"\"a\"\":\"\"x\"\"}\"");
  }

  @Test
  void writesTheChosenPartsOfMetaInEveryFormat() throws IOException {
    String list =
        list(
            "1.jsonl",
            "{\"url\":\"SITE/2\",\"n\":[1, 2],\"s\":\"a b\",\"x\":null}\n{\"url\":\"%\"}\n");
    String chosen = "--fields=meta.n,ok,meta.none,meta.s";

    assertThat(InProcess.fetch("", "-q", "--ordered", "-fjsonl", chosen, list).records())
        .containsExactly(
            "{\"meta\":{\"n\":[1,2],\"none\":null,\"s\":\"a b\"},\"ok\":true}",
            "{\"meta\":{\"n\":null,\"none\":null,\"s\":null},\"ok\":false}");
    assertThat(InProcess.fetch("", "-q", "--ordered", "-fcsv", chosen, list).records())
        .containsExactly("meta.n,ok,meta.none,meta.s", "\"[1,2]\",true,,\"a b\"", ",false,,");
    assertThat(InProcess.fetch("", "-q", "--ordered", chosen, list).records())
        .containsExactly("[1,2] true - a b", "- false - -");
    assertThat(InProcess.fetch("", "-q", "--ordered", "--fields=ok,meta", "-ftsv", list).records())
        .containsExactly("ok\tmeta", "true\t{\"n\":[1,2],\"s\":\"a b\",\"x\":null}", "false\t");
    assertThat(InProcess.fetch("", "-q", "--fields=meta.n,meta,ok,meta.s", "-fjsonl", list).out())
        .contains("{\"meta\":{\"n\":[1,2],\"s\":\"a b\",\"x\":null},\"ok\":true}\n")
        .contains("{\"meta\":{},\"ok\":false}\n");
    assertThat(InProcess.fetch("", "--fields=meta.", list).code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void readsItsOwnRecords() throws IOException {
    String list = list("urls.txt", "SITE/1\n%%\n");
    Ended first = InProcess.fetch("", "-q", "--ordered", "-fjsonl", list);
    String own = list("own.jsonl", first.out());
    String table = list("own.csv", InProcess.fetch("", "-q", "--ordered", "-fcsv", own).out());

    Ended second = InProcess.fetch("", "-q", "--ordered", "-fjsonl", own);

    assertThat(records(second))
        .extracting(r -> r.get("ok").asBoolean())
        .containsExactly(true, false);
    assertThat(second.records().getFirst())
        .contains("\"time_total\":0.")
        .contains(",\"meta\":{\"urlnum\":0,");
    assertThat(records(InProcess.fetch("", "--ordered", "-fjsonl", table)))
        .extracting(r -> r.get("ok").asBoolean())
        .containsExactly(true, false);
  }

  @Test
  void asksForEachEntryAsItWants() throws IOException {
    String list =
        list(
            "1.jsonl",
            """
            {"url":"SITE/busy/1/a","method":"POST","headers":{"X-Key":"s3cret","user-agent":"me"}}
            {"url":"SITE/busy/1/b","n":1}
            {"url":"SITE/silent","timeout":"200ms","method":"HEAD"}
            {"url":"SITE/c","timeout":0,"headers":{"X-Key":"s3cret"}}
            """);

    Ended ended =
        InProcess.fetch(
            "",
            "-vv",
            "--ordered",
            "-fjsonl",
            "--retry=1",
            "--retry-delay=1ms",
            "-H",
            "X-Run: 1",
            list);

    assertThat(records(ended))
        .extracting(r -> r.get("method").asText() + r.get("response_code") + r.get("num_retries"))
        .containsExactly("POST5030", "GET2001", "HEAD01", "GET00");
    assertThat(records(ended).get(2).get("errormsg").asText()).isEqualTo("no response within 0.2s");
    assertThat(ended.everything()).doesNotContain("s3cret");
    assertThat(site.requests())
        .anySatisfy(request ->
            assertThat(request)
                .startsWith("POST /busy/1/a ")
                .contains("X-Key: s3cret", "user-agent: me", "X-Run: 1")
                .doesNotContain("fetch/"))
        .anySatisfy(request -> assertThat(request).startsWith("GET /busy").doesNotContain("X-Key"));
  }

  @Test
  void sendsNothingThatEntriesAskForWithNoEntryOptions() {
    String list =
        "{\"url\": \""
            + site.url("/a")
            + "\", \"method\": \"DELETE\", \"headers\": {\"X-A\": \"b\"}, \"timeout\": 0.001}\n";

    Ended ended = InProcess.fetch(list, "-i", "jsonl", "--no-entry-options", "-f", "tsv");

    assertThat(ended.code()).as(ended.everything()).isZero();
    assertThat(site.requests().element()).startsWith("GET /a ").doesNotContain("X-A");
  }

  @Test
  void writesCsvForSpreadsheetsWhenAsked() {
    String list = "url,who\n" + site.url("/a") + ",=1+1\n";

    Ended safe = InProcess.fetch(list, "-icsv", "-fcsv", "--csv-safe", "--fields=meta.who");

    assertThat(safe.records()).containsExactly("meta.who", "'=1+1");
    assertThat(InProcess.fetch(list, "-icsv", "-fcsv", "--fields=meta.who").records())
        .containsExactly("meta.who", "=1+1");
    assertThat(InProcess.fetch(list, "-icsv", "--csv-safe").err())
        .startsWith("fetch: --csv-safe needs --format=csv");
  }
}
