package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Long lists: nothing is lost or crossed, and memory does not depend on their length. */
@EnabledOnOs(OS.LINUX)
class MemoryIT {
  private static final int TOLERANCE_KB = 48 * 1024;

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() throws IOException {
    site = new Site();
  }

  @AfterEach
  void close() throws IOException {
    site.close();
  }

  /** A path of its own for each entry, and of a length that tells neighbours apart. */
  private static String path(int n) {
    return "/" + n + "-" + "x".repeat(n % 97);
  }

  private static long kilobytes(long pid, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givesTwentyThousandEntriesTheirOwnRecords() throws IOException {
    int entries = 20_000;
    List<String> urls = IntStream.range(0, entries).mapToObj(n -> site.url(path(n))).toList();
    Path list = Files.write(directory.resolve("list"), urls);

    Ended ended = Program.run("-w64", "-fcsv", "--fields=urlnum,url,size_delivered", "" + list);

    Set<String> expected =
        IntStream.range(0, entries)
            .mapToObj(n -> n + "," + urls.get(n) + "," + path(n).length())
            .collect(Collectors.toSet());
    List<String> records = ended.records();
    assertThat(records).hasSize(1 + entries);
    assertThat(Set.copyOf(records.subList(1, records.size()))).isEqualTo(expected);
    assertThat(ended.code()).isZero();
  }

  @Test
  void runsInConstantMemoryWhileTheInputNeverEnds() throws Exception {
    try (Program fetch = Program.start("-o", "/dev/null", "-")) {
      Thread.ofPlatform().daemon().start(() -> feedForEver(fetch.input()));
      site.awaitRequests(10_000);
      long early = kilobytes(fetch.pid(), "VmHWM");
      site.awaitRequests(40_000);
      long late = kilobytes(fetch.pid(), "VmHWM");
      fetch.signal("TERM");
      Ended ended = fetch.await(Duration.ofMillis(2500));

      assertThat(late).isLessThan(early + TOLERANCE_KB);
      assertThat(ended.err()).contains(" not reached; ").hasLineCount(1);
      assertThat(ended.code()).isEqualTo(143);
    }
  }

  private void feedForEver(OutputStream out) {
    byte[] lines = (site.url("/") + "\n").repeat(100).getBytes(StandardCharsets.UTF_8);
    try {
      while (true) {
        out.write(lines);
      }
    } catch (IOException e) {
      // The program has ended, as it is meant to.
    }
  }

  @Test
  void needsLittleHeapForALineWithoutEnd() throws Exception {
    ProcessBuilder builder = Program.builder(Program.executable(), "-q", "-");
    builder.environment().put("FETCH_JAVA_OPTS", "-Xmx24m");
    try (Program fetch = Program.start(builder)) {
      for (int megabytes = 0; megabytes < 64; megabytes++) {
        fetch.feed("x".repeat(1 << 20));
      }
      fetch.feed("\n" + site.url("/next") + "\n");
      fetch.input().close();
      Ended ended = fetch.await();

      assertThat(ended.records()).hasSize(2);
      assertThat(ended.out()).contains("invalid_url").contains(site.url("/next"));
      assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
    }
  }

  @Test
  void hasRoomForTheLargestWindowsOfAllWorkers() throws IOException {
    List<String> urls = Collections.nCopies(16, site.url("/brotli/17"));
    Path list = Files.write(directory.resolve("list"), urls);

    Ended ended = Program.run("-fcsv", "--fields=response_code,size_delivered", list.toString());

    assertThat(ended.records().subList(1, 17)).containsOnly("200," + (17 << 20));
    assertThat(ended.code()).isZero();
  }

  @Test
  void hasRoomForThousandsOfWorkers() throws IOException {
    List<String> urls = Collections.nCopies(6000, site.url("/after/1000/x"));
    Path list = Files.write(directory.resolve("list"), urls);

    Ended ended = Program.run("-qw3000", list.toString());

    assertThat(ended.records()).hasSize(6000);
    assertThat(ended.code()).isZero();
  }

  @Test
  void leavesWithASentenceWhenMemoryRunsOut() throws IOException {
    List<String> urls = Collections.nCopies(64, site.url("/brotli/17"));
    Path list = Files.write(directory.resolve("list"), urls);
    ProcessBuilder builder = Program.builder(Program.executable(), "-q", list.toString());
    builder.environment().put("FETCH_JAVA_OPTS", "-Xmx40m");

    Ended ended = Program.run(builder);

    assertThat(ended.err()).startsWith("fetch: out of memory: ").hasLineCount(1);
    assertThat(ended.code()).isEqualTo(ExitCode.BUG);
  }
}
