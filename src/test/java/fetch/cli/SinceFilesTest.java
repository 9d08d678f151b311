package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.cli.Pages.Page;
import fetch.output.RecordSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of the earlier run, and what is printed. */
@Timeout(60)
class SinceFilesTest {
  private static final List<String> PATHS = List.of("/same", "/changed", "/gone");

  @TempDir Path folder;
  private Nights nights;
  private Pages pages;

  @BeforeEach
  void start() throws IOException {
    nights = new Nights(folder);
    pages = nights.pages();
    pages.put("/same", Page.of("1", "ETag", "\"1\""));
    pages.put("/changed", Page.of("1", "ETag", "\"1\""));
    pages.put("/gone", Page.of("1"));
  }

  @AfterEach
  void stop() {
    nights.close();
  }

  /** A night, and what is different from it. */
  private void firstNight(String... options) throws IOException {
    nights.next(PATHS, options);
    PATHS.forEach(pages::takeRequests);
    pages.put("/changed", Page.of("2", "ETag", "\"2\""));
    pages.put("/gone", new Page(404, "no", Headers.of()));
  }

  private static List<String> changes(List<JsonNode> records) {
    return records.stream().map(record -> record.get("change").asText()).toList();
  }

  private static Ended refused(Ended ended, String message) {
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).startsWith("fetch: ").contains(message);
    return ended;
  }

  @Test
  void printsTheWordAfterTheUrl() throws IOException {
    firstNight();
    Ended ended = nights.since(PATHS);

    assertThat(ended.records().stream().map(line -> line.split(" ", -1)[4]))
        .containsExactly("same", "changed", "gone");
    assertThat(ended.records().getLast())
        .endsWith("/gone gone http_status: the server returned 404");
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "changed, /changed",
    "'gone,same', /same /gone",
    "'Changed, FAILED', /changed /gone",
    "failed, /gone",
    "ok, /same /changed",
    "'new,recovered', ''"
  })
  void printsOnlyWhatIsAskedFor(String words, String paths) throws IOException {
    firstNight();
    Ended ended = nights.since(PATHS, "--only", words, "--fields", "url");

    assertThat(String.join(" ", ended.records()))
        .isEqualTo(
            paths.isEmpty()
                ? ""
                : nights.url("").concat(paths.replace(" /", " " + nights.url("/"))));
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv"})
  void hasColumnsForItInTables(String format) throws IOException {
    firstNight();
    Ended ended = nights.since(PATHS, "-f", format);

    assertThat(ended.records().getFirst().replace('\t', ','))
        .endsWith(",time_total,sha256,etag,last_modified,change");
    assertThat(nights.run(PATHS, "-f", format).records().getFirst()).endsWith("time_total");
    assertThat(nights.run(PATHS, "-f", format, "--fields", "etag").records())
        .hasSize(4)
        .element(1)
        .asString()
        .contains("1");
  }

  @Test
  void needsAnEarlierRunForItsWords() {
    for (String word : List.of("new", "same", "changed", "gone", "recovered", "ok,changed")) {
      refused(nights.run(PATHS, "--only", word), "needs --since=FILE");
    }
    refused(nights.run(PATHS, "--fields", "url,change"), "change needs --since=FILE");
    refused(InProcess.fetch("", "compare", "--since", "x", "y"), "unknown option --since");
    assertThat(pages.takeRequests("/same")).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs symbolic links")
  void refusesToWriteIntoTheFileThatItReads() throws IOException {
    String last = nights.last().toString();
    String other = folder + "/./" + nights.last().getFileName();
    for (int night = 0; night < 2; night++) {
      for (String output : List.of(last, other)) {
        refused(
            nights.since(PATHS, "-f", "jsonl", "-o", output),
            "it would write to the file of --since");
      }
      nights.next(PATHS);
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), nights.last());
    String before = Files.readString(nights.last());
    refused(nights.since(PATHS, "-o", link.toString()), "it would write to the file of --since");
    assertThat(nights.last()).hasContent(before);
  }

  @Test
  void takesAFileThatIsNotThereForTheFirstRun() {
    Ended ended = nights.since(PATHS, "--only", "new");
    assertThat(ended.records()).hasSize(3);
    assertThat(ended.err().lines().filter(line -> line.contains("last.jsonl")))
        .containsExactly("fetch: --since: there is no " + nights.last() + "; all entries are new");
    assertThat(ended.err()).contains("3 new, 0 same, ").endsWith("; 0 vanished\n");

    assertThat(nights.since(PATHS, "-q").err()).isEmpty();
  }

  @Test
  void leavesOutARecordThatIsCutOff() throws IOException {
    firstNight();
    String records = Files.readString(nights.last());
    Files.writeString(nights.last(), records.substring(0, records.length() - 20));
    Ended ended = nights.since(PATHS, "-f", "jsonl", "--fields", "change");

    assertThat(ended.err()).contains("the last record in " + nights.last() + " is incomplete");
    assertThat(ended.records())
        .containsExactly(
            "{\"change\":\"same\"}", "{\"change\":\"changed\"}", "{\"change\":\"new\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not JSON | line 2 is not a JSON object but 'not JSON'",
        "{} | line 2 is not a record of fetch: it has no input",
        "{\"input\":\"x\"} | line 2 is not a record of fetch: it has no ok"
      })
  void endsBeforeItBeginsWhenTheFileIsDamaged(String line, String message) throws IOException {
    firstNight();
    List<String> lines = new ArrayList<>(Files.readAllLines(nights.last()));
    lines.set(1, line);
    Files.write(nights.last(), lines);
    Ended ended = nights.since(PATHS, "-o", nights.now().toString());

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).startsWith("fetch: " + nights.last() + ": " + message);
    assertThat(pages.takeRequests("/same")).isEmpty();
    assertThat(nights.now()).doesNotExist();
  }

  @Test
  void saysOfATableThatItIsNone() throws IOException {
    nights.run(PATHS, "-f", "csv", "-o", nights.last().toString());
    Ended ended = nights.since(PATHS);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains("--since reads what --format=jsonl writes");
  }

  @Test
  void saysOfADirectoryThatItIsOne() throws IOException {
    Files.createDirectory(nights.last());
    Ended ended = nights.since(PATHS);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).startsWith("fetch: " + nights.last() + ": Is a directory");
  }

  @Test
  void readsWhatGzipCompressed() throws IOException {
    firstNight();
    Path compressed = folder.resolve("last.jsonl.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(nights.last(), gzip);
    }
    Files.delete(nights.last());
    Ended ended = nights.run(List.of("/same"), "--since", compressed.toString());

    assertThat(ended.records().getFirst()).endsWith("/same same");
    assertThat(ended.err()).contains("; 2 vanished: " + nights.url("/changed, "));
  }

  @Test
  void tellsWhatTheListHasNoLonger() throws IOException {
    List<String> many = IntStream.range(0, 15).mapToObj(n -> "/" + n).toList();
    nights.next(many);
    List<String> fewer = List.of("/0", "/2", "/new");

    String text = nights.since(fewer).err();
    assertThat(text)
        .contains("\n1 new, 0 same, 0 changed, 0 gone, 2 failed, 0 recovered; 13 vanished: ")
        .contains(nights.url("/1, ") + nights.url("/3, "))
        .endsWith(nights.url("/11, …\n"));
    JsonNode json = RecordSchema.parse(nights.since(fewer, "--summary", "json").err());
    assertThat(json.get("changes").toString())
        .isEqualTo("{\"new\":1,\"same\":0,\"changed\":0,\"gone\":0,\"failed\":2,\"recovered\":0}");
    assertThat(json.get("vanished").asInt()).isEqualTo(13);
    assertThat(json.get("some_vanished")).hasSize(10);
    JsonNode part = RecordSchema.parse(nights.since(fewer, "--summary=json", "--limit=2").err());
    assertThat(part.get("vanished").isNull()).isTrue();
    assertThat(part.get("some_vanished").isNull()).isTrue();
  }

  @Test
  @DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
  void tellsOfAPartWhatThatPartHasNoLonger() throws IOException {
    List<String> list =
        IntStream.range(0, 40).mapToObj(n -> "http://127.0.0." + (n + 1) + ":1/").toList();
    InProcess.fetch(
        String.join("\n", list), "-f", "jsonl", "-o", nights.last().toString(), "--retry=0");
    List<Integer> vanished = new ArrayList<>();
    for (String part : List.of("1/2", "2/2")) {
      Ended ended =
          InProcess.fetch(
              String.join("\n", list.subList(0, 20)),
              "--retry=0",
              "--summary=json",
              "--shard",
              part,
              "--since",
              nights.last().toString());
      vanished.add(RecordSchema.parse(ended.err()).get("vanished").asInt());
    }

    assertThat(vanished).allMatch(count -> count > 0 && count < 20);
    assertThat(vanished.getFirst() + vanished.getLast()).isEqualTo(20);
  }

  @Test
  void goesOnAsIfItHadNotBeenStopped() throws IOException {
    firstNight();
    List<String> paths = List.of("/same", "/changed", "/new");
    String[] options = {"-f", "jsonl", "-o", nights.now().toString(), "--resume"};
    nights.since(paths, options);
    List<String> whole = Files.readAllLines(nights.now());
    Files.write(nights.now(), whole.subList(0, 1));
    Ended ended = nights.since(paths, options);

    assertThat(Files.readAllLines(nights.now()).stream().map(SinceFilesTest::untimed))
        .isEqualTo(whole.stream().map(SinceFilesTest::untimed).toList());
    assertThat(ended.err())
        .contains("resuming after 1 record")
        .contains("\n1 new, 0 same, 1 changed, ")
        .endsWith("; 1 vanished: " + nights.url("/gone\n"));
  }

  private static String untimed(String record) {
    return record.replaceAll("\"time_[a-z]+\":[^,]+,", "");
  }

  @Test
  void takesStructuredLists() throws IOException {
    firstNight();
    Path list = folder.resolve("list.jsonl");
    String url = "{\"url\":\"" + nights.url("/same") + "\",\"id\":7";
    Files.write(
        list, List.of(url + "}", url + ",\"headers\":{\"if-none-match\":null}}", "{broken"));
    Ended ended =
        InProcess.fetch(
            "", "-f", "jsonl", "--ordered", "--since", nights.last().toString(), list.toString());

    assertThat(changes(ended.records().stream().map(RecordSchema::parse).toList()))
        .containsExactly("same", "same", "new");
    assertThat(ended.records().getFirst()).endsWith("\"change\":\"same\",\"meta\":{\"id\":7}}");
    assertThat(pages.takeRequests("/same"))
        .extracting(request -> request.getHeaders().get("If-None-Match"))
        .containsExactlyInAnyOrder("\"1\"", null);
    assertThat(ended.err()).contains("; 2 vanished: ");
  }

  @Test
  void fetchesNothingInADryRun() {
    assertThat(nights.since(PATHS, "--dry-run").code()).isZero();
    assertThat(pages.takeRequests("/same")).isEmpty();
  }
}
