package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program finds its number of workers. */
@Timeout(60)
class AutoWorkersTest {
  private static final String WHAT_IT_DID = "workers [\\d]+ to [\\d]+, [\\d]+ at the end";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private String list(String path, int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> site.url(path + "/" + n) + "\n")
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "virtual", "async"})
  void growsWhileThatPays(String strategy) {
    Ended ended = InProcess.fetch(list("/after/40", 1500), "-w", "auto", "-s", strategy);

    assertThat(ended.code()).isZero();
    assertThat(ended.records()).hasSize(1500);
    assertThat(site.mostInFlight()).isBetween(30, 256);
    assertThat(ended.err()).containsPattern("1500 urls: 1500 ok.*; " + WHAT_IT_DID);
  }

  @Test
  void staysBelowWhatAServerRefuses() {
    int urls = 3000;
    Ended ended =
        InProcess.fetch(list("/atmost/20/20", urls), "-w=auto", "--retry=5", "--retry-delay=100ms");

    assertThat(ended.err()).contains("3000 urls: 3000 ok");
    assertThat(site.total() - urls).as("refused").isLessThan(urls / 20);
  }

  @Test
  void staysWithinTheLimitForAHost() {
    Ended ended = InProcess.fetch(list("/after/5", 500), "-w=auto", "--per-host=4");

    assertThat(ended.code()).isZero();
    assertThat(site.mostInFlight()).isLessThanOrEqualTo(4);
  }

  @Test
  void staysWithinTheRate() {
    long begin = System.nanoTime();
    Ended ended = InProcess.fetch(list("/after/5", 100), "-w=auto", "--rate=100/s");

    assertThat(ended.code()).isZero();
    assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000);
  }

  @Test
  void keepsTheOrder() {
    Ended ended =
        InProcess.fetch(
            list("/after/20", 1000), "-w=auto", "--ordered", "-f=csv", "--fields=urlnum");

    List<String> inOrder = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
    assertThat(ended.records().stream().skip(1)).isEqualTo(inOrder);
  }

  @Test
  void resumesWhatAnEarlierRunBegan() throws IOException {
    Path list = Files.writeString(directory.resolve("urls"), list("/after/5", 400));
    String records = directory.resolve("records").toString();
    InProcess.fetch("", "-w=auto", "-f=jsonl", "--limit=150", "-o", records, list.toString());
    int before = site.total();

    Ended ended =
        InProcess.fetch("", "-w=auto", "-f=jsonl", "--resume", "-o", records, list.toString());

    assertThat(ended.code()).isZero();
    assertThat(before).isEqualTo(150);
    assertThat(site.total()).isEqualTo(400);
    assertThat(Files.readAllLines(Path.of(records))).hasSize(400);
  }

  @Test
  void isReported() throws IOException {
    Path page = directory.resolve("page.html");
    Ended json = InProcess.fetch(list("/a", 100), "-w=auto", "--summary=json", "--report=" + page);
    Ended markdown = InProcess.fetch(list("/a", 100), "-w=auto", "--summary=markdown");
    Ended fixed = InProcess.fetch(list("/a", 100), "--summary=json");

    assertThat(json.err())
        .containsPattern("\"workers\":\\{\"least\":\\d,\"most\":\\d+,\"last\":\\d+}");
    assertThat(Files.readString(page)).containsPattern("virtual, workers \\d.*, \\d+ at the end");
    assertThat(markdown.err()).containsPattern("\n\nworkers \\d.*, \\d+ at the end\\.\n");
    assertThat(fixed.err()).doesNotContain("\"workers\"");
  }

  @Test
  void isAmongTheMetrics() throws IOException {
    Path metrics = directory.resolve("run.prom");
    InProcess.fetch(list("/a", 100), "-w=auto", "--metrics=" + metrics);

    assertThat(Files.readString(metrics)).containsPattern("fetch_workers\\{run=\"run\"} \\d+\n");
  }

  @Test
  void isRefusedForSerial() {
    Ended ended = InProcess.fetch("", "-w=auto", "-s=serial", site.url("/"));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--workers=auto needs --strategy=pool, virtual or async");
  }
}
