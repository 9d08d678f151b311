package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go on from the records of others. */
class ResumeTest {
  private static final int ENTRIES = 1000;

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private List<String> urls() {
    List<String> urls = new ArrayList<>();
    for (int n = 0; n < ENTRIES; n++) {
      urls.add(
          switch (n % 50) {
            case 7 -> "not a url, \"" + n;
            case 8 -> "http://user:secret@127.0.0.1:" + site.port() + "/" + n;
            case 9 -> site.url("/status/404/" + n);
            default -> site.url("/" + n);
          });
    }
    return urls;
  }

  private Path list() throws IOException {
    return Files.write(directory.resolve("list"), urls());
  }

  private Path results() {
    return directory.resolve("results");
  }

  private Ended resume(String format, Object... more) {
    return run("--resume", format, more);
  }

  private Ended run(String resume, String format, Object... more) {
    List<String> arguments = new ArrayList<>(List.of("-f", format, "-o", "" + results(), resume));
    Stream.of(more).map(Object::toString).forEach(arguments::add);
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  /** Leaves so much of the results as a run would that was killed. */
  private void tear(int percent) throws IOException {
    byte[] all = Files.readAllBytes(results());
    Files.write(results(), Arrays.copyOf(all, all.length * percent / 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void givesEachEntryOneRecord(String format) throws IOException {
    Path list = list();
    resume(format, list);
    tear(63);
    int before = site.total();
    Ended ended = resume(format, list);

    Records.haveEach(ENTRIES, Records.positions(results(), format));
    assertThat(site.total() - before).isBetween(ENTRIES / 4, ENTRIES / 2);
    assertThat(ended.err())
        .matches(
            "(?s)fetch: resuming after \\d+ records, \\d+ of failed entries; dropped an"
                + " incomplete record of \\d+ bytes\n"
                + "\\d+ urls: .*");
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void fetchesNothingWhenAllIsDone(String format) throws IOException {
    Path list = list();
    resume(format, list);
    byte[] whole = Files.readAllBytes(results());
    int before = site.total();
    Ended ended = resume(format, list);

    assertThat(results()).hasBinaryContent(whole);
    assertThat(site.total()).isEqualTo(before);
    assertThat(ended.err())
        .startsWith("fetch: resuming after 1000 records, 40 of failed entries\n" + "0 urls: ");
    assertThat(ended.code()).as("the failures of the first run count").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void goesOnInOrder(StrategyKind strategy) throws IOException {
    Path list = list();
    resume("csv", "--ordered", list);
    tear(40);
    resume("csv", "--ordered", "-s", strategy, list);

    List<Long> positions = Records.positions(results(), "csv");
    assertThat(positions).isSorted();
    Records.haveEach(ENTRIES, positions);
  }

  @Test
  void goesOnWithAPartOfTheList() throws IOException {
    Path list = list();
    for (String shard : List.of("1/3", "2/3", "3/3")) {
      resume("jsonl", "--ordered", "--shard", shard, list);
      tear(30);
      resume("jsonl", "--ordered", "--shard", shard, list);
      assertThat(Records.positions(results(), "jsonl")).isSorted();
      Files.move(results(), directory.resolve("part" + shard.charAt(0)));
    }

    List<Long> positions = new ArrayList<>();
    for (int part = 1; part <= 3; part++) {
      positions.addAll(Records.positions(directory.resolve("part" + part), "jsonl"));
    }
    Records.haveEach(ENTRIES, positions);
  }

  @Test
  void goesOnWithMoreOfTheList() throws IOException {
    Path list = list();
    resume("tsv", "--limit=300", list);
    resume("tsv", "--limit=200", list);
    Records.haveEach(300, Records.positions(results(), "tsv"));
    resume("tsv", "--limit=700", list);
    Records.haveEach(700, Records.positions(results(), "tsv"));
    resume("tsv", list);
    Records.haveEach(ENTRIES, Records.positions(results(), "tsv"));
  }

  @Test
  void goesOnWithSeveralSourcesOneOfThemCompressed() throws IOException {
    List<String> urls = urls();
    Path first = Files.write(directory.resolve("first"), urls.subList(0, 300));
    Path second = directory.resolve("second.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(second))) {
      out.write(String.join("\n", urls.subList(300, 999)).getBytes(StandardCharsets.UTF_8));
    }
    resume("csv", first, second, urls.getLast());
    tear(70);
    Ended ended = resume("csv", first, second, urls.getLast());

    assertThat(ended.err()).startsWith("fetch: resuming after ");
    Records.haveEach(ENTRIES, Records.positions(results(), "csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void goesOnWithListsThatSayMoreThanUrls(String format) throws IOException {
    StringBuilder table = new StringBuilder("label,url,note\n");
    StringBuilder lines = new StringBuilder();
    for (int n = 0; n < 300; n++) {
      String url = n % 7 == 3 ? "" : n % 7 == 4 ? "u:pw@127.0.0.1:9/" : site.url("/" + n);
      table.append("a \"\"}{, ".repeat(n % 2).replace(",", "")).append(n).append(',').append(url);
      table.append(",\"two\nlines, \"\"quoted\"\"\"\n");
      lines.append("{\"tags\":[\"]}\\\"{\",{\"x\":null}],\"url\":\"").append(url).append("\"}\n");
    }
    Path csv = Files.writeString(directory.resolve("list.csv"), table);
    Path jsonl = Files.writeString(directory.resolve("list.jsonl"), lines);
    resume(format, "--retry=0", csv, jsonl);
    tear(70);
    int before = site.total();
    Ended ended = resume(format, "--retry=0", csv, jsonl);

    assertThat(ended.err()).startsWith("fetch: resuming after ");
    assertThat(site.total() - before).isBetween(1, 300);
    Records.haveEach(600, Records.positions(results(), format));
  }

  private Ended resumePipe(String list) {
    return InProcess.fetch(list, "-fjsonl", "-o", "" + results(), "--resume", "-");
  }

  @Test
  void goesOnWithAPipeThatGivesTheSameAgain() throws IOException {
    String list = String.join("\n", urls());
    resumePipe(list);
    tear(50);
    resumePipe(list);

    Records.haveEach(ENTRIES, Records.positions(results(), "jsonl"));
  }

  @Test
  void fetchesNothingOfAPipeFromWhereItGivesSomethingElse() throws IOException {
    String list = String.join("\n", urls());
    resumePipe(list);
    byte[] whole = Files.readAllBytes(results());
    int before = site.total();
    Ended ended = resumePipe(list.replace("/600\n", "/other\n") + "\n" + site.url("/new"));

    assertThat(ended.err()).contains("the list has changed: entry 600 is '" + site.url("/other"));
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(results()).hasBinaryContent(whole);
    assertThat(site.total()).isEqualTo(before);
  }

  @Test
  void findsEntriesByTheirTextInAListThatHasChanged() throws IOException {
    Path list = list();
    resume("jsonl", list);
    List<String> urls = new ArrayList<>(urls());
    urls.add(0, site.url("/new"));
    urls.add(500, site.url("/20"));
    urls.remove(700);
    Files.write(list, urls);
    int before = site.total();
    Ended ended = run("--resume=match-input", "jsonl", list);

    assertThat(site.total() - before).isEqualTo(2);
    assertThat(ended.err()).startsWith("fetch: resuming after 1000 records");
    assertThat(Records.read(results(), "jsonl").stream().map(record -> record.get("input")))
        .hasSize(ENTRIES + 2)
        .contains(site.url("/new"));
    assertThat(run("--resume=match-input", "jsonl", list).err()).contains("\n0 urls: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void fetchesFailedEntriesAgainAndReplacesTheirRecords(String format) throws IOException {
    List<String> urls =
        IntStream.range(0, 300)
            .mapToObj(n -> site.url(n % 3 == 0 ? "/busy/1/" + n : "/" + n))
            .toList();
    Path list = Files.write(directory.resolve("list"), urls);
    assertThat(resume(format, "--retry=0", list).code()).isEqualTo(ExitCode.SOME_FAILED);
    Ended ended = run("--resume=retry-failed", format, "--retry=0", list);

    assertThat(ended.err())
        .startsWith("fetch: resuming after 300 records, 100 of failed entries\n");
    assertThat(ended.err()).contains("\n100 urls: 100 ok");
    assertThat(ended.code()).isZero();
    Records.haveEach(300, Records.positions(results(), format));
    assertThat(Records.read(results(), format))
        .noneMatch(record -> record.get("error").equals("http_status"));
    assertThat(site.total()).isEqualTo(400);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs file permissions of POSIX")
  void keepsThePermissionsOfAFileWhoseRecordsItReplaces() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), site.url("/status/500"));
    resume("csv", "--retry=0", list);
    Files.setPosixFilePermissions(results(), PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), results());
    InProcess.fetch("", "-fcsv", "--retry=0", "-o", "" + link, "--resume=retry-failed", "" + list);

    assertThat(link).isSymbolicLink();
    Records.haveEach(1, Records.positions(results(), "csv"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(results())))
        .isEqualTo("rw-------");
  }

  @Test
  void stopsAtASourceThatCannotBeRead() throws IOException {
    Path missing = directory.resolve("missing");
    Path list = Files.writeString(directory.resolve("list"), "%%a\n");
    Ended ended = resume("csv", list, missing, list);

    assertThat(ended.err()).contains("fetch: " + missing + ": no such file");
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    Records.haveEach(1, Records.positions(results(), "csv"));
    Files.writeString(missing, "%%b\n%%c\n");
    resume("csv", list, missing, list);
    Records.haveEach(4, Records.positions(results(), "csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void goesOnAfterManyFiles(String format) throws IOException {
    Path list = list();
    resume(format, "--output-max-size=20k", list);
    Path fifth = directory.resolve("results-00005");
    assertThat(fifth).exists();
    byte[] bytes = Files.readAllBytes(fifth);
    Files.write(fifth, Arrays.copyOf(bytes, bytes.length / 2));
    for (int part = 6; Files.exists(part(part)); part++) {
      Files.delete(part(part));
    }
    Ended ended = resume(format, "--output-max-size=20k", list);

    assertThat(ended.err())
        .startsWith("fetch: resuming after ")
        .contains("; dropped an incomplete record of ");
    List<Long> positions = new ArrayList<>();
    for (int part = 1; Files.exists(part(part)); part++) {
      assertThat(Files.size(part(part))).isLessThanOrEqualTo(20 * 1024);
      positions.addAll(Records.positions(part(part), format));
    }
    Records.haveEach(ENTRIES, positions);
    assertThat(resume(format, list).err())
        .isEqualTo(
            "fetch: " + part(1) + " was written with --output-max-size; resume it the same way\n");
  }

  private Path part(int number) {
    return directory.resolve("results-%05d".formatted(number));
  }
}
