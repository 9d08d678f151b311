package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes an entry the one that has a record: its text, its method and what the list says. */
class ResumeEntriesTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private Path results() {
    return directory.resolve("results");
  }

  private Path list(String... lines) throws IOException {
    return Files.write(directory.resolve("list.jsonl"), List.of(lines));
  }

  private String head(String path) {
    return "{\"url\":\"" + site.url(path) + "\",\"method\":\"HEAD\"}";
  }

  private String get(String path) {
    return "{\"url\":\"" + site.url(path) + "\"}";
  }

  private String labelled(String path, String label) {
    return "{\"url\":\"" + site.url(path) + "\",\"label\":" + label + "}";
  }

  private Ended run(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("-q", "-o", results().toString()));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    return InProcess.fetch("", all.toArray(String[]::new));
  }

  /** The first words of the requests that came. */
  private List<String> methods() {
    return site.requests().stream().map(request -> request.split(" ", 2)[0]).toList();
  }

  @Test
  void refusesAMethodThatHasChanged() throws IOException {
    run("-fjsonl", "--resume", "--limit=1", list(head("/a"), get("/a")));
    byte[] before = Files.readAllBytes(results());
    Ended ended = run("-fjsonl", "--resume", list(get("/a"), head("/a")));

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err())
        .contains("the list has changed: the method of entry 0 is 'GET' but in " + results())
        .contains("it is 'HEAD'");
    assertThat(results()).hasBinaryContent(before);
    assertThat(methods()).containsExactly("HEAD");
  }

  @Test
  void findsEachMethodOfAUrlWhereverItIs() throws IOException {
    run("-fjsonl", "--resume=match-input", "--limit=1", list(head("/a"), get("/a")));
    Ended ended = run("-fjsonl", "--resume=match-input", list(get("/a"), head("/a")));

    assertThat(ended.code()).isZero();
    assertThat(methods()).containsExactly("HEAD", "GET");
  }

  @Test
  void refusesTheRecordsOfARunWithAnotherMethod() throws IOException {
    Path list = Files.write(directory.resolve("list"), List.of(site.url("/a"), site.url("/b")));
    run("-fcsv", "--resume", "-I", "--limit=1", list);

    assertThat(run("-fcsv", "--resume", list).err()).contains("the method of entry 0 is 'GET'");
    assertThat(run("-fcsv", "--resume", "-I", list).code()).isZero();
    assertThat(methods()).containsExactly("HEAD", "HEAD");
  }

  @Test
  void knowsTheMethodOfAnEntryThatWasRedirected() throws IOException {
    String post = "{\"url\":\"" + site.url("/moved/b") + "\",\"method\":\"POST\"}";
    run("-fjsonl", "--resume", "--at-least-once", list(post));
    int before = site.total();

    assertThat(run("-fjsonl", "--resume", "--at-least-once", list(post)).code()).isZero();
    assertThat(site.total()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void refusesWhatTheListSaysDifferently(String format) throws IOException {
    run("-f" + format, "--resume", list(labelled("/a", "\"one\""), labelled("/b", "\"two\"")));
    Ended ended =
        run("-f" + format, "--resume", list(labelled("/a", "\"one\""), labelled("/b", "\"2\"")));

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err())
        .contains("the meta of entry 1 is '{\"label\":\"2\"}'")
        .contains("it is '{\"label\":\"two\"}'");
    assertThat(site.total()).isEqualTo(2);
  }

  @Test
  void fetchesAgainWhatTheListSaysDifferently() throws IOException {
    run("-fjsonl", "--resume", list(labelled("/a", "1"), labelled("/a", "2")));
    run(
        "-fjsonl",
        "--resume=match-input",
        list(labelled("/a", "3"), labelled("/a", "2"), labelled("/a", "1")));

    assertThat(site.total()).isEqualTo(3);
    assertThat(Files.readString(results())).contains("{\"label\":3}}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void knowsEntriesAgainWhateverTheListSaysOfThem(String format) throws IOException {
    String[] lines = {
      labelled("/a", "\"\""),
      labelled("/a", "null"),
      labelled("/a", "7.50"),
      labelled("/a", "[1,{\"x\":\" \\\"\\\\ \\t\"}]"),
      labelled("/a", "\"ü😀\\u0001\\u0085\\u202e, \\\"q\\\" \\\\x1b \\n\""),
      get("/a"),
      head("/ü \\\"q\\\", \\\\n"),
      "no JSON, \"but\" \\ a line",
      "{\"label\":\"no url\"}"
    };
    run("-f" + format, "--resume", list(lines));
    int before = site.total();
    byte[] whole = Files.readAllBytes(results());
    for (String mode : List.of("--resume", "--resume=match-input")) {
      Ended ended = run("-f" + format, mode, list(lines));
      assertThat(ended.err()).isEmpty();
    }

    assertThat(site.total()).isEqualTo(before);
    assertThat(results()).hasBinaryContent(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void knowsTheColumnsOfTablesAgain(String format) throws IOException {
    Path list =
        Files.writeString(
            directory.resolve("list.csv"),
            "id,url,label\n1,"
                + site.url("/a")
                + ",\"a \"\"b\"\", c\"\n2,"
                + site.url("/b")
                + "\n");
    for (String fields : List.of("", "urlnum,meta.label,input,meta.id", "meta,urlnum,input")) {
      Files.deleteIfExists(results());
      String chosen = fields.isEmpty() ? "--ordered" : "--fields=" + fields;
      run("-f" + format, chosen, "--resume", list);
      int before = site.total();
      assertThat(run("-f" + format, chosen, "--resume", list).err()).isEmpty();
      assertThat(site.total()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void comparesNothingThatRecordsDoNotHave(String format) throws IOException {
    String[] arguments = {"-f" + format, "--resume", "--fields=urlnum,input,ok"};
    run(arguments[0], arguments[1], arguments[2], list(labelled("/a", "1"), get("/b")));
    Ended ended =
        run(arguments[0], arguments[1], arguments[2], list(labelled("/a", "2"), head("/b")));

    assertThat(ended.code()).isZero();
    assertThat(site.total()).isEqualTo(2);
  }

  @Test
  void recordsTheOwnMethodOfAnEntryThatIsNotFetched() throws IOException {
    Path list = list(head("/a"));
    Object[] arguments = {"-fjsonl", "--save=" + directory.resolve("out"), "--skip-existing", list};
    run("--fields=method", "-fjsonl", "--save=" + directory.resolve("out"), list(get("/a")));
    list(head("/a"));
    run("--fields=method", arguments[0], arguments[1], arguments[2], arguments[3]);

    assertThat(results()).hasContent("{\"method\":\"HEAD\"}");
  }
}
