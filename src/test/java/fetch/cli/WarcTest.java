package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.output.RecordSchema;
import fetch.warc.ArchivedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.cdx.CdxFormat;

/** The archive of a run. */
@Timeout(120)
class WarcTest {
  @TempDir Path folder;
  @AutoClose private final Site site = Site.open();
  private Path file;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("crawl.warc.gz");
  }

  private String list(int entries) {
    StringBuilder urls = new StringBuilder();
    for (int i = 0; i < entries; i++) {
      urls.append(site.url("/page/" + i)).append('\n');
    }
    return urls.toString();
  }

  private static List<ArchivedRecord> answers(Path archive) throws IOException {
    return ArchivedRecord.all(archive).stream().filter(r -> r.type().equals("response")).toList();
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private List<Path> files() throws IOException {
    return all().stream().filter(path -> path.toString().endsWith(".warc.gz")).toList();
  }

  private List<String> index() throws IOException {
    return Files.readAllLines(folder.resolve("crawl.cdxj"));
  }

  /** The index as jwarc makes it, but that it names the algorithm of a digest. */
  private List<String> indexOfJwarc() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path path : files()) {
      try (WarcReader reader = new WarcReader(path)) {
        Optional<WarcRecord> next = reader.next();
        while (next.isPresent()) {
          WarcRecord record = next.get();
          long start = reader.position();
          String line = null;
          if (record instanceof WarcResponse response) {
            line = CdxFormat.CDXJ.format(response, path.getFileName().toString(), start, 77777);
          }
          next = reader.next();
          if (line != null) {
            String length = "\"length\": \"" + (reader.position() - start) + "\"";
            lines.add(line.replace("sha1:", "").replace("\"length\": \"77777\"", length));
          }
        }
      }
    }
    return lines.stream().sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "pool", "virtual", "async"})
  void hasEachExchangeOnce(String strategy) throws IOException {
    Ended ended = InProcess.fetch(list(300), "--warc=" + file, "-s", strategy, "-f", "jsonl");

    assertThat(ended.code()).as(ended.err()).isZero();
    List<ArchivedRecord> records = ArchivedRecord.all(file);
    assertThat(records).hasSize(601);
    for (int i = 1; i < records.size(); i += 2) {
      ArchivedRecord request = records.get(i);
      ArchivedRecord answer = records.get(i + 1);
      assertThat(request.type()).isEqualTo("request");
      assertThat(request.header("WARC-Concurrent-To")).isEqualTo(answer.header("WARC-Record-ID"));
      String url = answer.header("WARC-Target-URI");
      assertThat(request.header("WARC-Target-URI")).isEqualTo(url);
      assertThat(request.text()).startsWith("GET " + url.substring(site.url("").length()) + " ");
      assertThat(answer.payload()).asString().isEqualTo(url.substring(site.url("").length()));
    }
    assertThat(records.stream().map(r -> r.header("WARC-Record-ID")).distinct()).hasSize(601);
    for (String line : ended.records()) {
      JsonNode record = RecordSchema.parse(line);
      assertThat(record.get("filename_effective").asText()).isEqualTo(file.toString());
    }
  }

  @Test
  void recordsSayWhereTheirResponseIsIfTheyAreAsked() throws IOException {
    List<String> records =
        InProcess.fetch(
                list(20),
                "--warc=" + file,
                "-f",
                "tsv",
                "--fields=filename_effective,warc_offset,warc_length")
            .records();

    byte[] archive = Files.readAllBytes(file);
    List<Long> responses =
        ArchivedRecord.all(file).stream()
            .filter(record -> record.type().equals("response"))
            .map(ArchivedRecord::position)
            .toList();
    for (String line : records.subList(1, records.size())) {
      String[] values = line.split("\t", -1);
      int end = Integer.parseInt(values[1]) + Integer.parseInt(values[2]);
      assertThat(values[0]).isEqualTo(file.toString());
      assertThat(responses).contains(Long.valueOf(values[1]));
      assertThat(end == archive.length || archive[end] == 31).isTrue();
    }
    assertThat(records).hasSize(21);
  }

  @Test
  void saysWhoMadeItAndHow() throws IOException {
    InProcess.fetch(
        list(1),
        "--warc=" + file,
        "--credentials-for=all",
        "-u",
        "me:secret",
        "--retry=7",
        "-b",
        "a=secret");

    ArchivedRecord first = ArchivedRecord.all(file).getFirst();
    assertThat(first.header("WARC-Filename")).isEqualTo("crawl.warc.gz");
    assertThat(first.text())
        .contains("software: fetch ", "OkHttp", "\r\noptions: ", "--retry=7")
        .doesNotContain("secret");
    assertThat(answers(file).getFirst().header("WARC-Warcinfo-ID"))
        .isEqualTo(first.header("WARC-Record-ID"));
  }

  @Test
  void isNotCompressedWhereItsNameDoesNotSaySo() throws IOException {
    Path plain = folder.resolve("crawl.warc");
    InProcess.fetch(list(20), "--warc=" + plain);

    assertThat(answers(plain)).hasSize(20);
    assertThat(Files.readString(plain)).startsWith("WARC/1.1\r\n").contains("GET /page/7 HTTP/1.1");
  }

  @Test
  void hasOneRecordInEachMember() throws IOException {
    InProcess.fetch(list(20), "--warc=" + file);

    byte[] bytes = Files.readAllBytes(file);
    for (ArchivedRecord record : ArchivedRecord.all(file)) {
      assertThat(bytes[(int) record.position()]).isEqualTo((byte) 0x1f);
      assertThat(bytes[(int) record.position() + 1]).isEqualTo((byte) 0x8b);
    }
  }

  @Test
  void beginsTheNextFileBeforeOneIsTooLarge() throws IOException {
    InProcess.fetch(list(100), "--warc=" + file, "--warc-max-size=10k");

    List<String> urls = new ArrayList<>();
    for (Path part : files()) {
      assertThat(Files.size(part)).isLessThanOrEqualTo(10 * 1024);
      List<ArchivedRecord> records = ArchivedRecord.all(part);
      String id = records.getFirst().header("WARC-Record-ID");
      assertThat(records.getFirst().header("WARC-Filename"))
          .isEqualTo(part.getFileName().toString());
      for (ArchivedRecord answer : answers(part)) {
        assertThat(answer.header("WARC-Warcinfo-ID")).isEqualTo(id);
        urls.add(answer.header("WARC-Target-URI"));
      }
    }
    assertThat(files()).hasSizeGreaterThan(3).contains(folder.resolve("crawl-00001.warc.gz"));
    assertThat(urls).containsExactlyInAnyOrderElementsOf(list(100).lines().toList());
  }

  @Test
  void anExchangeThatIsLargerThanAFileHasOneToItself() throws IOException {
    InProcess.fetch(list(3), "--warc=" + file, "--warc-max-size=1");

    assertThat(files()).hasSize(3);
    for (Path part : files()) {
      assertThat(answers(part)).hasSize(1);
    }
  }

  @Test
  void takesThePlaceOfThatOfAnEarlierRun() throws IOException {
    InProcess.fetch(list(100), "--warc=" + file, "--warc-max-size=10k");
    InProcess.fetch(list(2), "--warc=" + file);

    assertThat(files()).containsExactly(file);
    assertThat(answers(file)).hasSize(2);
  }

  @Test
  void hasTheIndexThatOthersWouldMakeOfIt() throws IOException {
    String more = site.url("/a?z=1&a=2#x") + "\n" + site.url("/status/404") + "\n";
    InProcess.fetch(more + list(50), "--warc=" + file, "--warc-max-size=10k");

    assertThat(index()).hasSize(52).isEqualTo(indexOfJwarc());
  }

  @Test
  void keepsABodyOnceWhereThatIsWanted() throws IOException {
    String list = list(1).repeat(5);
    InProcess.fetch(list, "--warc=" + file, "--warc-dedup", "-sserial");

    List<ArchivedRecord> records = ArchivedRecord.all(file);
    assertThat(records)
        .filteredOn(record -> !record.type().equals("request"))
        .extracting(ArchivedRecord::type)
        .containsExactly("warcinfo", "response", "revisit", "revisit", "revisit", "revisit");
    assertThat(index()).filteredOn(line -> line.contains("\"warc/revisit\"")).hasSize(4);
    assertThat(records.getLast().header("WARC-Refers-To-Date"))
        .isEqualTo(records.get(2).header("WARC-Date"));
  }

  @Test
  void goesOnWithTheResults() throws IOException {
    Path results = folder.resolve("results.jsonl");
    String[] command = {"-fjsonl", "-o", results.toString(), "--resume", "--warc=" + file};
    InProcess.fetch(list(20), command);
    Files.write(file, new byte[] {31, -117, 8}, StandardOpenOption.APPEND);
    Ended ended = InProcess.fetch(list(30), command);

    assertThat(ended.err()).contains("dropped an incomplete record of 3 bytes from the archive");
    assertThat(answers(file))
        .extracting(answer -> answer.header("WARC-Target-URI"))
        .containsExactlyInAnyOrderElementsOf(list(30).lines().toList());
    assertThat(index()).isEqualTo(indexOfJwarc());
  }

  @Test
  void keepsEveryAttemptThatWasAnswered() throws IOException {
    Ended ended = InProcess.fetch(site.url("/busy/2/x"), "--warc=" + file, "--retry-delay=10ms");

    assertThat(ended.code()).isZero();
    assertThat(answers(file))
        .extracting(answer -> answer.text().substring(9, 12))
        .containsExactly("503", "503", "200");
  }

  @Test
  void goesTogetherWithFilesAndHashes() throws IOException {
    Path saved = folder.resolve("saved");
    Ended ended =
        InProcess.fetch(
            site.url("/a") + "\n" + site.url("/status/404") + "\n",
            "--warc=" + file,
            "--save=" + saved,
            "--hash=sha1",
            "-sserial",
            "-fjsonl");

    JsonNode ok = RecordSchema.parse(ended.records().getFirst());
    JsonNode failed = RecordSchema.parse(ended.records().getLast());
    assertThat(Path.of(ok.get("filename_effective").asText())).hasContent("/a");
    assertThat(ok.get("sha1").asText()).hasSize(40);
    assertThat(failed.get("filename_effective").isNull()).isTrue();
    assertThat(answers(file)).hasSize(2);
  }

  @Test
  void leavesNoFilesOfItsOwnBehind() throws IOException {
    Ended ended =
        InProcess.fetch(site.url("/endless"), "--warc=" + file, "--max-filesize=1m", "-fjsonl");

    assertThat(RecordSchema.parse(ended.records().getFirst()).get("error").asText())
        .isEqualTo("too_large");
    assertThat(answers(file).getFirst().header("WARC-Truncated")).isEqualTo("length");
    assertThat(answers(file).getFirst().content().size()).isGreaterThanOrEqualTo(1 << 20);
    assertThat(all()).containsExactly(folder.resolve("crawl.cdxj"), file);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
  void aDiskThatIsFullEndsTheRun() throws IOException {
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    Ended ended = InProcess.fetch(list(10), "--warc=" + file);

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains("cannot write the archive: No space left on device");
  }

  @Test
  void endsTheRunBeforeADiskIsFull() throws IOException {
    Ended ended = InProcess.fetch(list(10), "--warc=" + file, "--min-free=900000t");

    assertThat(ended.code()).isEqualTo(ExitCode.IO);
    assertThat(ended.err()).contains("less free space than --min-free");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crawl", "crawl.gz", ".warc.gz", "crawl.warc.zst", "crawl.WARC"})
  void isCalledWhatItIs(String name) {
    Ended ended = InProcess.fetch(list(1), "--warc=" + folder.resolve(name));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--warc", ".warc.gz");
  }

  @Test
  void keepsRobotsTxtToo() throws IOException {
    InProcess.fetch(list(2), "--warc=" + file, "--robots");

    assertThat(ArchivedRecord.of("response", site.url("/robots.txt"), file)).hasSize(1);
    assertThat(answers(file)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--deadline=500ms", "--max-time=500ms"})
  void keepsWhatCameBeforeTheTimeWasUp(String limit) throws IOException {
    InProcess.fetch(site.url("/drip"), "--warc=" + file, limit, "--retry=0");

    assertThat(answers(file)).hasSize(1);
    assertThat(answers(file).getFirst().header("WARC-Truncated")).isEqualTo("time");
  }
}
