package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists with the same request more than once. */
class UniqueTest {
  private static final String FIELDS = "--fields=urlnum,ok,response_code,error,duplicate_of";

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

  private static List<String> records(String list, String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 4);
    System.arraycopy(
        new String[] {"--unique", "--ordered", "-fcsv", FIELDS}, 0, all, options.length, 4);
    List<String> records = InProcess.fetch(list, all).records();
    return records.subList(1, records.size());
  }

  @Test
  void givesADuplicateTheOutcomeOfTheFirst() {
    String list = site.url("/a\n") + site.url("/status/404\n") + site.url("/a\n");

    assertThat(records(list + site.url("/status/404\n")))
        .containsExactly(
            "0,true,200,,",
            "1,false,404,http_status,",
            "2,true,200,,0",
            "3,false,404,http_status,1");
    assertThat(site.total()).isEqualTo(2);
  }

  @Test
  void waitsForAFirstThatIsInFlight() {
    String list = (site.url("/after/200/x") + "\n").repeat(20);

    assertThat(records(list)).hasSize(20).filteredOn(line -> line.endsWith(",0")).hasSize(19);
    assertThat(site.total()).isEqualTo(1);
  }

  @Test
  void holdsBackTheListWhileManyDuplicatesWait() {
    String list = (site.url("/after/300/x") + "\n").repeat(20_000);

    assertThat(records(list)).hasSize(20_000).last().isEqualTo("19999,true,200,,0");
    assertThat(site.total()).isEqualTo(1);
  }

  @Test
  void takesFragmentsForTheSameRequestAndMethodsAndHeadersForOthers() {
    String url = site.url("/a");
    String list =
        """
        {"url": "%1$s#one"}
        {"url": "%1$s#two"}
        {"url": "%1$s", "method": "HEAD"}
        {"url": "%1$s", "headers": {"Accept": "text/html"}}
        {"url": "%1$s", "headers": {"Accept": "text/html"}}
        {"url": "%1$s?"}
        """
            .formatted(url);

    assertThat(records(list, "-ijsonl"))
        .extracting(line -> line.substring(line.lastIndexOf(',') + 1))
        .containsExactly("", "0", "", "", "3", "");
  }

  @Test
  void leavesBadLinesAlone() {
    assertThat(records("not a url\nnot a url\n"))
        .containsExactly("0,false,0,invalid_url,", "1,false,0,invalid_url,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "pool", "virtual", "async"})
  void sendsEachRequestOnceWithEveryStrategy(String strategy) {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < 5000; n++) {
      list.append(site.url("/" + n % 50)).append('\n');
    }

    assertThat(records(list.toString(), "-s", strategy)).hasSize(5000);
    assertThat(site.total()).isEqualTo(50);
  }

  @Test
  void retriesTheFirstForAll() {
    String list = (site.url("/busy/1/x") + "\n").repeat(2);

    assertThat(records(list, "--retry-delay=10ms"))
        .containsExactly("0,true,200,,", "1,true,200,,0");
  }

  @Test
  void countsDuplicatesInTheSummary() {
    String list = (site.url("/status/500") + "\n").repeat(3);

    Ended ended = InProcess.fetch(list, "--unique", "--retry=0");

    assertThat(ended.err()).contains("3 urls: 0 ok, 3 failed (3 http_status)");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void endsStoppedDuplicatesWithoutARecord() {
    String list = (site.url("/silent") + "\n").repeat(10);

    Ended ended = InProcess.fetch(list, "--unique", "--deadline=300ms", "-fcsv", FIELDS);

    assertThat(ended.records()).hasSize(2).last().isEqualTo("0,false,0,deadline,");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("9 not reached");
  }

  @Test
  void completesAnInterruptedRunWithOneRecordPerEntry() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), (site.url("/a") + "\n").repeat(6));
    String out = directory.resolve("out.csv").toString();
    String[] first = {"--unique", "--resume", "--limit=3", "-o", out, "-fcsv", list.toString()};
    String[] second = {"--unique", "--resume", "-o", out, "-fcsv", list.toString()};

    InProcess.fetch("", first);
    InProcess.fetch("", second);

    assertThat(Records.positions(Path.of(out), "csv"))
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(site.total()).isEqualTo(2);
  }

  @Test
  void keepsPositionsInAShard() {
    String list = (site.url("/a") + "\n").repeat(2);
    List<String> together = new java.util.ArrayList<>(records(list, "--shard=1/2"));
    together.addAll(records(list, "--shard=2/2"));

    assertThat(together).containsExactly("0,true,200,,", "1,true,200,,0");
  }

  @Test
  void writesDuplicateOfIntoJsonLines() {
    String list = (site.url("/a") + "\n").repeat(2);

    List<String> records = InProcess.fetch(list, "--unique", "--ordered", "-fjsonl").records();

    assertThat(records.getFirst()).contains("\"duplicate_of\":null");
    assertThat(records.getLast()).contains("\"duplicate_of\":0");
  }
}
