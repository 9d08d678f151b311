package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that are made of the columns of a list. */
class UrlTemplateTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private String template(String rest) {
    return "--url-template=" + site.url(rest);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private List<String> paths(Ended ended) {
    return ended.records().stream()
        .map(line -> line.substring(line.indexOf(site.url("/")) + site.url("").length()))
        .toList();
  }

  private Ended fetch(String format, String list) {
    return InProcess.fetch(
        list,
        template("/item/{id}?lang={lang}"),
        "-i",
        format,
        "--ordered",
        "-fjsonl",
        "--fields=ok,meta,url");
  }

  @Test
  void fillsInTheColumnsOfATable() {
    Ended ended = fetch("csv", "lang,id\nde,a b\nfr,\u00e9/?&#%+\n,1\nen,\n");

    assertThat(ended.records())
        .containsExactly(
            "{\"ok\":true,\"meta\":{\"lang\":\"de\",\"id\":\"a b\"},\"url\":\""
                + site.url("/item/a%20b?lang=de\"}"),
            "{\"ok\":true,\"meta\":{\"lang\":\"fr\",\"id\":\"\u00e9/?&#%+\"},\"url\":\""
                + site.url("/item/%C3%A9%2F%3F%26%23%25%2B?lang=fr\"}"),
            "{\"ok\":true,\"meta\":{\"lang\":\"\",\"id\":\"1\"},\"url\":\""
                + site.url("/item/1?lang=\"}"),
            "{\"ok\":true,\"meta\":{\"lang\":\"en\",\"id\":\"\"},\"url\":\""
                + site.url("/item/?lang=en\"}"));
  }

  @Test
  void letsNoValueChangeThePath() {
    Ended ended =
        InProcess.fetch(
            "..\n.\n...\n", template("/a/{line}"), "--ordered", "-fcsv", "--fields=url,error");

    assertThat(ended.records())
        .containsExactly("url,error", ",invalid_url", ",invalid_url", site.url("/a/...,"));
    assertThat(InProcess.fetch("..", template("/a?b=/{line}"), "-fcsv").code()).isZero();
  }

  @Test
  void fillsInTheKeysOfJsonObjects() {
    Ended ended =
        fetch(
            "jsonl",
            """
            {"id":12,"lang":"de","url":"http://x.example"}
            {"id":true,"lang":"\\u00e9"}
            {"id":null,"lang":"de"}
            {"lang":"de"}
            {"id":[1],"lang":"de"}
            """);

    assertThat(paths(ended).subList(0, 2))
        .containsExactly("/item/12?lang=de\"}", "/item/true?lang=%C3%A9\"}");
    assertThat(ended.records().subList(2, 5)).allMatch(line -> line.contains("\"ok\":false"));
  }

  @Test
  void saysWhichValueIsMissing() {
    Ended ended =
        InProcess.fetch(
            "{\"lang\":\"de\"}", template("/{id}"), "-ijsonl", "-fjsonl", "--fields=errormsg,meta");

    assertThat(ended.records())
        .containsExactly(
            "{\"errormsg\":\"line 1 of standard input: it has no text or number for {id} of"
                + " --url-template\",\"meta\":{\"lang\":\"de\"}}");
  }

  @Test
  void fillsInTheLinesOfAPlainList() {
    Ended ended =
        InProcess.fetch(
            "# ids\na b\n\nhttp://c/?d\n",
            template("/{line}"),
            "--ordered",
            "-fcsv",
            "--fields=input,meta.line");

    assertThat(ended.records())
        .containsExactly(
            "input,meta.line",
            site.url("/a%20b,\"a b\""),
            site.url("/http%3A%2F%2Fc%2F%3Fd,http://c/?d"));
  }

  @Test
  void leavesUrlsOnTheCommandLineAlone() throws IOException {
    Ended ended =
        InProcess.fetch(
            "",
            template("/{line}"),
            "--ordered",
            "-fcsv",
            "--fields=url",
            site.url("/x"),
            file("list", "y\n"));

    assertThat(ended.records()).containsExactly("url", site.url("/x"), site.url("/y"));
  }

  @Test
  void fillsInWhatAPatternStandsFor() {
    Ended ended =
        InProcess.fetch(
            "[8-10]", "--glob", template("/{line}"), "--ordered", "-fcsv", "--fields=url");

    assertThat(ended.records())
        .containsExactly("url", site.url("/8"), site.url("/9"), site.url("/10"));
  }

  @Test
  void addsTheColumnsToTableRecords() throws IOException {
    Ended ended = InProcess.fetch("", template("/{id}"), "-fcsv", file("a.csv", "id,url\n1,x\n"));

    assertThat(ended.records().getFirst()).endsWith(",meta.id,meta.url");
    assertThat(ended.records().getLast()).endsWith(",1,x");
  }

  @Test
  void refusesAColumnThatATableLacks() throws IOException {
    Ended ended = InProcess.fetch("", template("/{idd}"), file("a.csv", "id,lang\n1,de\n"));

    assertThat(ended.err())
        .contains("a.csv: --url-template: no column is named 'idd'; its columns are id, lang");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(InProcess.fetch("id\n1\n", "-icsv", template("/{idd}")).code()).isEqualTo(3);
  }

  @Test
  void refusesOtherNamesThanLineForAPlainList() {
    Ended ended = InProcess.fetch("a\n", template("/{id}"));

    assertThat(ended.err())
        .contains("standard input: --url-template: a list of lines has {line}, but no {id}");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(InProcess.fetch("a\n", "-isitemap", template("/{line}")).code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a/{id", "http://a/{}", "http://a/{a{b}}", "http://a/"})
  void refusesWhatIsNoTemplate(String template) {
    Ended ended = InProcess.fetch("a\n", "--url-template=" + template);

    assertThat(ended.err()).contains("--url-template", template);
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void goesOnWithTheSameEntries() throws IOException {
    String list = file("a.csv", "id\n1\n2\n3\n");
    String output = "--output=" + directory.resolve("out.csv");
    InProcess.fetch("", template("/{id}"), "--resume", "-fcsv", output, "--limit=2", list);

    InProcess.fetch("", template("/{id}"), "--resume", "-fcsv", output, list);

    assertThat(site.total()).isEqualTo(3);
  }
}
