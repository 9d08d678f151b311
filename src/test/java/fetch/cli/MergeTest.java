package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fetch merge}: the results of shards become those of one run. */
class MergeTest {
  @TempDir private Path directory;
  @AutoClose private final Site proxy = Site.open();

  private static String list() {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < 120; n++) {
      list.append(
          switch (n % 6) {
            case 4 -> "not a url " + n;
            case 5 -> "http://host" + n % 11 + ".test/status/404?" + n;
            default -> "http://host" + n % 11 + ".test/" + n;
          });
      list.append('\n');
    }
    return list.toString();
  }

  /** Fetches a shard of the list into a file. */
  private Path shard(String shard, String name, String... options) {
    Path file = directory.resolve(name);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-q", "-x", "127.0.0.1:" + proxy.port(), "--noproxy=none.invalid"));
    arguments.addAll(List.of("--retry=0", "--shard=" + shard, "-o", file.toString()));
    Ended ended = InProcess.fetch(list(), arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    return file;
  }

  private List<Path> shards(String format) {
    List<Path> files = new ArrayList<>();
    for (int index = 1; index <= 4; index++) {
      files.add(shard(index + "/4", "part-" + index + "." + format, "-f" + format));
    }
    return files;
  }

  private static Ended merge(List<Path> files, String... options) {
    List<String> arguments = new ArrayList<>(List.of("merge"));
    arguments.addAll(List.of(options));
    files.forEach(file -> arguments.add(file.toString()));
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  private static List<Integer> positions(List<String> records) {
    return records.stream()
        .map(record -> record.replaceAll("^\\D*(\\d+).*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }

  private Path write(String name, String... records) throws IOException {
    return Files.write(directory.resolve(name), List.of(records));
  }

  private static String record(int urlnum, String input, boolean ok) {
    return "{\"urlnum\":%d,\"input\":\"%s\",\"ok\":%s,\"error\":%s}"
        .formatted(urlnum, input, ok, ok ? "null" : "\"timeout\"");
  }

  @Test
  void joinsShardsInTheOrderOfTheList() throws IOException {
    List<Path> files = shards("jsonl");
    Path out = directory.resolve("all.jsonl");
    Ended ended = merge(files, "-o", out.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("120 urls: 100 ok, 20 failed (20 invalid_url); ")
        .hasLineCount(1);
    List<String> merged = Files.readAllLines(out);
    assertThat(positions(merged)).hasSize(120).isSorted().doesNotHaveDuplicates();
    List<String> records = new ArrayList<>();
    for (Path file : files) {
      records.addAll(Files.readAllLines(file));
    }
    assertThat(merged).containsExactlyInAnyOrderElementsOf(records);
  }

  /** However they are merged, the records are those of the first format. */
  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void convertsBetweenFormats(String format) throws IOException {
    List<Path> files = shards(format);
    List<String> direct =
        merge(files, "-q", "-fjsonl", "--fields=urlnum,input,url,ok,error").records();
    for (String other : List.of("csv", "tsv", "jsonl")) {
      Path converted = directory.resolve("all." + other);
      assertThat(merge(files, "-q", "-o", converted.toString()).err()).isEmpty();
      Ended back = merge(List.of(converted), "-q", "-fjsonl", "--fields=urlnum,input,url,ok,error");
      assertThat(back.err()).isEmpty();
      assertThat(back.records()).isEqualTo(direct).hasSize(120);
    }
    assertThat(merge(files, "-q", "-ftext").records())
        .hasSize(120)
        .allMatch(line -> line.matches("(200|404|---) \\d+ \\d+\\.\\d{3} \\S+.*"));
  }

  @Test
  void convertsMixedFormats() throws IOException {
    List<Path> files =
        List.of(
            shard("1/3", "a.jsonl", "-fjsonl"),
            shard("2/3", "b.csv", "-fcsv"),
            shard("3/3", "c.tsv", "-ftsv"));
    Ended ended = merge(files);

    assertThat(ended.code()).isZero();
    assertThat(positions(ended.records())).hasSize(120).isSorted();
    assertThat(ended.records()).allMatch(record -> record.startsWith("{\"urlnum\":"));
  }

  @Test
  void givesTablesAColumnForAllThatTheListSays() throws IOException {
    Path list = write("list.jsonl", "{\"url\":\"http://h.test/\",\"id\":7,\"n\":[1]}", "{}");
    Path results = directory.resolve("results.jsonl");
    InProcess.fetch(
        "",
        "-q",
        "-x127.0.0.1:" + proxy.port(),
        "--noproxy=none.invalid",
        "-fjsonl",
        "--fields=urlnum,ok,error,meta",
        "-o" + results,
        list.toString());
    Ended ended = merge(List.of(results), "-fcsv", "-q");

    assertThat(ended.records())
        .containsExactly(
            "urlnum,ok,error,meta.id,meta.n", "0,true,,7,[1]", "1,false,invalid_url,,");
  }

  @Test
  void saysWhichEntriesAreMissing() throws IOException {
    List<Path> files = shards("jsonl").subList(1, 4);
    Ended ended = merge(files, "-q", "--entries=120");
    List<Integer> found = positions(ended.records());

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.err())
        .matches("fetch: \\d+ entries have no record: [\\d, -]+ and others\n")
        .contains(" " + (120 - found.size()) + " entries");
  }

  @Test
  void saysWhichEntriesAreMissingAtTheEnd() throws IOException {
    Path file = write("a.jsonl", record(0, "a", true), record(2, "c", true));
    Ended ended = merge(List.of(file), "--entries=5", "-q");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.err()).isEqualTo("fetch: 3 entries have no record: 1, 3-4\n");
    assertThat(merge(List.of(file), "--entries=2", "-q").err())
        .contains("fetch: entry 2 has a record, but the list has 2 entries only");
  }

  @Test
  void expectsTheEntriesOfAListAndOfItsParts() throws IOException {
    Path results = write("a.jsonl", record(0, "a", true), record(2, "c", true));
    Path list = write("urls.txt", "a", "", "# a comment", "b", "c", "no url", "e");
    Path parts = directory.resolve("parts");
    assertThat(InProcess.fetch("", "split", "--shards=2", "--out=" + parts, list + "").code())
        .isZero();

    for (Path expected : List.of(list, parts)) {
      Ended ended = merge(List.of(results), "--list=" + expected, "-q");

      assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
      assertThat(ended.err()).isEqualTo("fetch: 3 entries have no record: 1, 3-4\n");
    }
  }

  @Test
  void writesNothingIfTheExpectedListCannotBeRead() throws IOException {
    Path results = write("a.jsonl", record(0, "a", true));
    for (String missing : List.of(directory + "/none.txt", directory + "")) {
      Ended ended = merge(List.of(results), "--list=" + missing);

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.err()).startsWith("fetch: " + missing);
      assertThat(ended.out()).isEmpty();
    }
    assertThat(merge(List.of(results), "--list=x", "--entries=1").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void takesTheLastRecordThatIsOk() throws IOException {
    Path first =
        write("a.jsonl", record(0, "a", false), record(1, "b", true), record(2, "c", false));
    Path second =
        write("b.jsonl", record(0, "a", true), record(1, "b", false), record(2, "c", false));
    Ended ended = merge(List.of(first, second));

    assertThat(ended.code()).isZero();
    assertThat(ended.records())
        .containsExactly(record(0, "a", true), record(1, "b", true), record(2, "c", false));
    assertThat(ended.err())
        .contains("fetch: 3 entries have other records of failures, which were left out\n")
        .contains("3 urls: 2 ok, 1 failed (1 timeout)");
  }

  @Test
  void saysWhichEntriesAreThereTwice() throws IOException {
    Path file = write("a.jsonl", record(0, "a", true), record(1, "b", true));
    Ended ended = merge(List.of(file, file), "-q");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.records()).hasSize(2);
    assertThat(ended.err())
        .isEqualTo(
            "fetch: 2 entries have several records that are ok, of which the last one was taken:"
                + " 0, 1\n");
  }

  @Test
  void refusesResultsOfDifferentLists() throws IOException {
    Path one = write("a.jsonl", record(0, "a", true), record(1, "b", true));
    Path other = write("b.jsonl", record(1, "x", true), record(2, "c", true));
    Path out = directory.resolve("all.jsonl");
    Ended ended = merge(List.of(one, other), "-o" + out);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err())
        .isEqualTo(
            "fetch: entry 1 of "
                + one
                + " is 'b', but in "
                + other
                + " it is 'x'; these are results of different lists\n");
    assertThat(out).doesNotExist();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).hasSize(2);
    }
  }

  @Test
  void leavesOutTheIncompleteRecordOfAKilledRun() throws IOException {
    Path file = directory.resolve("a.jsonl");
    String whole = record(0, "a", true) + "\n" + record(1, "b", true) + "\n";
    Files.writeString(file, whole + record(2, "c", true).substring(0, 20));
    Ended ended = merge(List.of(file), "-q", "--entries=3");

    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(ended.records()).hasSize(2);
    assertThat(ended.err())
        .contains(file + ": left out an incomplete record of 20 bytes at its end")
        .contains("1 entry has no record: 2");
  }

  @Test
  void takesFilesWithoutAnyRecord() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.csv"));
    Path file = write("a.tsv", "urlnum\tok\terror", "0\ttrue\t");
    Path header = write("b.tsv", "urlnum\tok\terror");

    assertThat(merge(List.of(empty, file, header), "-q").records())
        .containsExactly("urlnum\tok\terror", "0\ttrue\t");
    assertThat(merge(List.of(empty)).err()).startsWith("0 urls: 0 ok, 0 failed");
  }

  @Test
  void writesNoFieldsThatTheResultsDoNotHave() throws IOException {
    Path file = write("a.jsonl", record(0, "a", true));
    Ended ended = merge(List.of(file), "--fields=urlnum,sha256");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--fields: the results do not have sha256");
    assertThat(merge(List.of(file), "--fields=ok,urlnum,meta", "-q").records())
        .containsExactly("{\"ok\":true,\"urlnum\":0,\"meta\":{}}");
  }

  @Test
  void doesNotWriteToWhatItReads() throws IOException {
    Path file = write("a.jsonl", record(0, "a", true));
    Ended ended = merge(List.of(file), "-o" + file);

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--output: it would write to the results that are read");
  }

  @Test
  void sortsWhatIsNotInOrderAndLeavesNoFilesBehind() throws IOException {
    List<String> records = new ArrayList<>();
    for (int n = 0; n < 100_000; n++) {
      records.add(record(n, "http://host" + n % 100 + ".test/" + "x".repeat(150) + n, true));
    }
    List<String> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(1));
    Path file = Files.write(directory.resolve("a.jsonl"), shuffled);
    Path out = directory.resolve("all.jsonl");
    Ended ended = merge(List.of(file), "-o" + out);

    assertThat(ended.err()).startsWith("100000 urls: 100000 ok, 0 failed");
    assertThat(Files.readAllLines(out)).isEqualTo(records);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrder(file, out);
    }
  }

  @Test
  void printsTheSummaryAsAsked() throws IOException {
    Path file = write("a.jsonl", record(0, "http://h/", true), record(1, "http://h/", false));

    assertThat(merge(List.of(file), "--summary=json").err())
        .startsWith("{\"urls\":2,\"ok\":1,\"failed\":1,\"errors\":{\"timeout\":1}");
    assertThat(merge(List.of(file), "--no-summary").err()).isEmpty();
    assertThat(merge(List.of(file), "--summary-hosts=2").err()).contains("h        2   1       1");
  }

  @Test
  void printsNoSummaryOfRecordsThatDoNotSayHowTheyFailed() throws IOException {
    Path file = write("a.csv", "urlnum,url", "0,http://h/");

    assertThat(merge(List.of(file)).err()).isEmpty();
  }

  @Test
  void leavesOutTheZerosOfAPowerFailure() throws IOException {
    Path file = directory.resolve("a.jsonl");
    Files.write(file, (record(0, "a", true) + "\n").getBytes(StandardCharsets.UTF_8));
    Files.write(file, new byte[10], StandardOpenOption.APPEND);

    assertThat(merge(List.of(file), "-q").err()).contains("an incomplete record of 10 bytes");
  }

  @Test
  void hasHelpWithinEightyColumns() {
    Ended ended = InProcess.fetch("", "merge", "--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(ended.out()).contains("--entries=N", "--output=FILE", "--summary-hosts=N");
  }
}
