package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fetch split}: the files give the records that {@code --shard} gives of the whole list. */
class SplitTest {
  private static final String FIELDS = "--fields=urlnum,input,url,method,ok,error,errormsg,meta";

  @TempDir private Path directory;
  @AutoClose private final Site proxy = Site.open();

  private Path out() {
    return directory.resolve("parts");
  }

  private Path list(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private Path list(String name, String text) throws IOException {
    return list(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Ended split(Path list, int shards, String... options) {
    List<String> arguments = new ArrayList<>(List.of("split", "--shards=" + shards));
    arguments.addAll(List.of("--out=" + out(), list.toString()));
    arguments.addAll(List.of(options));
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  private List<String> records(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-x", "127.0.0.1:" + proxy.port(), "--noproxy=none.invalid"));
    all.addAll(List.of("--ordered", "-q", "-fjsonl", FIELDS));
    return InProcess.fetch("", all.toArray(String[]::new)).records();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files.sorted().toList();
    }
  }

  private void givesTheRecordsOfEachShard(Path list, int shards, String... options)
      throws IOException {
    Ended ended = split(list, shards, options);
    assertThat(ended.code()).as(ended.err()).isZero();

    List<Path> files = files();
    assertThat(files).hasSize(shards);
    int records = 0;
    for (int index = 1; index <= shards; index++) {
      List<String> whole = new ArrayList<>(List.of("--shard=" + index + "/" + shards));
      whole.add(list.toString());
      whole.addAll(List.of(options));
      List<String> expected = records(whole.toArray(String[]::new));
      assertThat(records(files.get(index - 1).toString())).isEqualTo(expected);
      assertThat(Files.readAllLines(files.get(index - 1))).hasSameSizeAs(expected);
      records += expected.size();
    }
    assertThat(records).isPositive();
  }

  private static String lines(String end) {
    StringBuilder list = new StringBuilder("# a comment" + end + end);
    for (int n = 0; n < 100; n++) {
      String line =
          switch (n % 8) {
            case 4 -> "http://user:secret@host" + n % 13 + ".test/" + n;
            case 5 -> "not a url " + n;
            case 6 -> "ftp://host" + n % 13 + ".test/" + n;
            case 7 -> "HTTP://HOST" + n % 13 + ".TEST:80/" + n + "#f";
            default -> "http://a" + n % 5 + ".host" + n % 13 + ".test/" + n;
          };
      list.append(line).append(end);
    }
    return list.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 12})
  void ofLines(int shards) throws IOException {
    givesTheRecordsOfEachShard(list("urls.txt", lines("\n")), shards);
  }

  @Test
  void ofCompressedLinesThatEndInCarriageReturns() throws IOException {
    givesTheRecordsOfEachShard(list("urls.txt.gz", gzip(lines("\r\n"))), 3);
  }

  @Test
  void byDomain() throws IOException {
    givesTheRecordsOfEachShard(list("urls.txt", lines("\n")), 4, "--by=domain");
  }

  @Test
  void ofATableWithLineEndsInCells() throws IOException {
    StringBuilder table = new StringBuilder("id,link,\"a\r\nnote\"\r\n");
    for (int n = 0; n < 40; n++) {
      table.append(n + ",http://host" + n % 7 + ".test/,\"two\r\nlines \"\"" + n + "\"\"\"\r\n");
      table.append(n + ",,no url\r\n" + n + ",http://host/,too,many\r\n");
    }
    givesTheRecordsOfEachShard(list("urls.csv", table.toString()), 3, "--url-column=link");
  }

  @Test
  void ofJsonObjectsWithOptions() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < 40; n++) {
      list.append(
          "{\"url\":\"http://host%d.test/\",\"method\":\"HEAD\",\"id\":[%d],\"meta\":\"m\"}\n"
              .formatted(n % 7, n));
      list.append("{\"id\":%d}\n{broken\n".formatted(n));
    }
    givesTheRecordsOfEachShard(list("urls.jsonl", list.toString()), 5);
  }

  @Test
  void ofATemplate() throws IOException {
    Path list = list("ids.tsv", "id\thost\n1\ta\n2\tb\n3\tc\n");
    givesTheRecordsOfEachShard(list, 2, "--url-template=http://{host}.test/{id}");
  }

  @Test
  void ofPatterns() throws IOException {
    Path list = list("urls.txt", "http://host[1-9].test/{a,b}\nhttp://[broken\n");
    givesTheRecordsOfEachShard(list, 3, "--glob");
  }

  @Test
  void ofTheFirstEntries() throws IOException {
    givesTheRecordsOfEachShard(list("urls.txt", lines("\n")), 3, "--limit=17");
  }

  @Test
  void ofASitemap() throws IOException {
    String urls = "";
    for (int n = 0; n < 20; n++) {
      urls += "<url><loc>http://host" + n + ".test/</loc><lastmod>2026</lastmod></url>";
    }
    String namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    givesTheRecordsOfEachShard(
        list("map.xml", "<urlset xmlns='" + namespace + "'>" + urls + "</urlset>"), 3);
  }

  @Test
  void ofWhatComesOnStandardInput() throws IOException {
    String[] arguments = {"split", "--shards=2", "--out=" + out()};
    Ended ended = InProcess.fetch("http://a.test/\nhttp://b.test/\n", arguments);

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("2 entries in 2 files in " + out() + ", from ");
    assertThat(files().stream().map(path -> path.getFileName().toString()))
        .containsExactly("part-1.jsonl", "part-2.jsonl");
  }

  @Test
  void aTaskOfAnArrayReadsItsFileWhole() throws IOException {
    Path list = list("urls.txt", lines("\n"));
    split(list, 12, "--by=domain", "-q");
    List<String> all = new ArrayList<>();
    for (int task = 0; task < 12; task++) {
      Ended ended =
          InProcess.fetch(
              new byte[0],
              Map.of("JOB_COMPLETION_INDEX", "" + task, "FETCH_SHARDS", "12"),
              "--shard=auto",
              "--resume",
              "-q",
              "-fjsonl",
              "--fields=urlnum,input",
              "-x127.0.0.1:" + proxy.port(),
              "--noproxy=none.invalid",
              "-o" + directory.resolve("out-{shard}.jsonl"),
              out().resolve("part-{shard}.jsonl").toString());
      assertThat(ended.err()).isEmpty();
      String name = "out-%02d.jsonl".formatted(task + 1);
      all.addAll(Files.readAllLines(directory.resolve(name)));
    }

    assertThat(all).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void aNameForEachShardDoesNotGoWithOneForAll() throws IOException {
    Path list = list("urls.txt", "http://a.test/\n");
    Ended ended =
        InProcess.fetch("", "--shard=1/2", list.toString(), directory + "/part-{shard}.jsonl");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("either all lists have {shard} in their names, or none");
  }

  @Test
  void overwritesNothing() throws IOException {
    Path list = list("urls.txt", "http://a.test/\n");
    split(list, 2);
    List<Path> before = files();
    Ended ended = split(list, 3);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains("part-", ": it already exists; give a directory without");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void writesNothingIfAListCannotBeReadWhole() throws IOException {
    Path list = list("urls.txt", "http://a.test/\n");
    Ended ended = split(list, 2, directory.resolve("missing.txt").toString());

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains("missing.txt: no such file", "no files were written");
    assertThat(files()).isEmpty();
  }

  @Test
  void writesEmptyFilesForShardsWithoutEntries() throws IOException {
    givesTheRecordsOfEachShard(list("urls.txt", "http://a.test/1\nhttp://a.test/2\n"), 5);
    assertThat(files().stream().map(path -> path.toFile().length()).filter(size -> size == 0))
        .hasSize(4);
  }

  /** Lists may have passwords. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs file permissions of POSIX")
  void keepsAPrivateListPrivate() throws IOException {
    Path list = list("urls.txt", "http://user:secret@a.test/\n");
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-------"));
    split(list, 2);

    for (Path file : files()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void dividesALongListInLittleMemory() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < 100_000; n++) {
      list.append("http://host").append(n % 1000).append(".test/").append("x".repeat(90));
      list.append(n).append('\n');
    }
    Ended ended = split(list("urls.txt", list.toString()), 64);

    assertThat(ended.err()).startsWith("100000 entries in 64 files");
    long lines = 0;
    for (Path file : files()) {
      lines += Files.readAllLines(file).size();
    }
    assertThat(lines).isEqualTo(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--shards=2", "--out=x", "--shards=0 --out=x", "--shards=2 --out="})
  void needsANumberAndADirectory(String options) {
    List<String> arguments = new ArrayList<>(List.of("split", "http://a.test/"));
    arguments.addAll(List.of(options.split(" ", -1)));
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("Try 'fetch split --help' for usage.");
  }

  @Test
  void hasHelpWithinEightyColumns() {
    Ended ended = InProcess.fetch("", "split", "--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(ended.out()).contains("--shards=N", "--out=DIR", "--by=host|domain", "--url-column");
  }

  private Ended resume(Path part, Path results, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--resume", "-q", "-fjsonl", "-o" + results, part.toString()));
    arguments.addAll(List.of("-x", "127.0.0.1:" + proxy.port(), "--noproxy=none.invalid"));
    return InProcess.fetch("", arguments.toArray(String[]::new));
  }

  private static List<String> positions(Path results) throws IOException {
    return Files.readAllLines(results).stream()
        .map(line -> line.substring(0, line.indexOf(',')))
        .sorted()
        .toList();
  }

  /** 3,000 entries over 60 hosts, of which a shard has about every 60th position. */
  private Path partOfALongList() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < 3000; n++) {
      list.append("http://host" + n * 7919 % 61 + ".test/" + n + "\n");
    }
    split(list("urls.txt", list.toString()), 16);
    return out().resolve("part-03.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--ordered", "--workers=4"})
  void aKilledRunOfAPartIsResumed(String option) throws IOException {
    Path part = partOfALongList();
    Path results = directory.resolve("results.jsonl");
    assertThat(resume(part, results, option).err()).isEmpty();
    List<String> whole = positions(results);
    byte[] bytes = Files.readAllBytes(results);
    for (int kept : new int[] {0, 1, bytes.length / 3, bytes.length - 1}) {
      Files.write(results, Arrays.copyOf(bytes, kept));

      Ended ended = resume(part, results, option);

      assertThat(ended.err()).isEmpty();
      assertThat(positions(results)).isEqualTo(whole).doesNotHaveDuplicates();
    }
  }

  @Test
  void aPartThatIsNotTheSameIsNotResumed() throws IOException {
    Path part = partOfALongList();
    Path results = directory.resolve("results.jsonl");
    resume(part, results);

    Files.writeString(part, Files.readString(part).replaceFirst("/(\\d+)\"", "/x$1\""));
    Ended changed = resume(part, results);
    assertThat(changed.code()).isEqualTo(ExitCode.IO);
    assertThat(changed.err()).contains("the list has changed: entry ");

    Ended other = resume(out().resolve("part-05.jsonl"), results);
    assertThat(other.code()).isEqualTo(ExitCode.IO);
    assertThat(other.err()).contains("the list has changed: it has no entry ");
  }

  @Test
  void comparesAPartWithItsEarlierResults() throws IOException {
    split(list("urls.txt", lines("\n")), 3);
    Path part = files().getFirst();
    Path first = directory.resolve("first.jsonl");
    String[] options = {"-x127.0.0.1:" + proxy.port(), "--noproxy=none.invalid", "-fjsonl", "-q"};
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-o" + first, part.toString()));
    InProcess.fetch("", arguments.toArray(String[]::new));
    List<String> again = new ArrayList<>(List.of(options));
    again.set(3, "--summary=json");
    again.addAll(List.of("--since=" + first, part.toString()));
    Ended ended = InProcess.fetch("", again.toArray(String[]::new));

    assertThat(ended.err()).contains("\"vanished\":0").contains("\"new\":0");
  }
}
