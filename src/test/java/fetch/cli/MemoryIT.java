package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Long lists: nothing is lost or crossed, and memory does not depend on their length. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class MemoryIT {
  private static final int TOLERANCE_KB = 48 * 1024;

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

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

  /** What lives for a moment gets old in a young generation as small as that. */
  @Test
  void collectsTheHeapWhenItHasDoubled() throws IOException {
    Path log = directory.resolve("log");
    Path list = Files.write(directory.resolve("list"), Collections.nCopies(20_000, site.url("/")));
    ProcessBuilder builder = Program.builder(Program.executable(), "-qw64", list.toString());
    builder
        .environment()
        .put("FETCH_JAVA_OPTS", "-Xmx256m -Xms6m -Xmn2m -Xlog:gc:file=" + log + ":none");

    Ended ended = Program.run(builder);

    assertThat(ended.code()).isZero();
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.contains("Pause Full (System.gc())"))
        .noneMatch(line -> line.contains("Allocation Failure") && line.contains("Full"));
  }

  /** Of a thousand descriptors or more, if each connection stayed open. */
  @Test
  void keepsFewDescriptorsOfHttpsHostsThatDoNotComeAgain() throws Exception {
    int hosts = 500;
    CountDownLatch requests = new CountDownLatch(hosts);
    try (MockWebServer server = new MockWebServer();
        Program fetch = Program.start("-kqw16", "-o", "/dev/null", "-")) {
      HeldCertificate certificate = new HeldCertificate.Builder().build();
      server.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
      server.setDispatcher(new Counting(requests));
      server.start(InetAddress.ofLiteral("0.0.0.0"), 0);
      for (int n = 0; n < hosts; n++) {
        String address = "127.7." + n / 250 + "." + (1 + n % 250);
        fetch.feed("https://" + address + ":" + server.getPort() + "/\n");
      }
      assertThat(requests.await(60, TimeUnit.SECONDS)).isTrue();

      assertThat(countDescriptors(fetch.pid())).isBetween(128L, 500L);
      fetch.input().close();
      assertThat(fetch.await().code()).isZero();
    }
  }

  private static long countDescriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.count();
    }
  }

  /** Answers every request and counts it. */
  private static final class Counting extends Dispatcher {
    private final CountDownLatch requests;

    Counting(CountDownLatch requests) {
      this.requests = requests;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      requests.countDown();
      return new MockResponse.Builder().body("ok").build();
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

    assertThat(ended.err().lines())
        .allMatch(line -> line.startsWith("fetch: out of memory: "))
        .anyMatch(line -> line.contains("out of memory: entry "))
        .anyMatch(line -> line.contains("use fewer workers"))
        .hasSizeLessThanOrEqualTo(4);
    assertThat(ended.code()).isEqualTo(ExitCode.BUG);
  }
}
