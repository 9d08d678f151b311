package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists with the same request more than once. */
class UniqueTest {
  private static final String FIELDS = "--fields=urlnum,ok,response_code,error,duplicate_of";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

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
    assertThat(site.total()).isEqualTo(1);
  }

  /** Requests that end in many ways, most of them more than once. */
  private Path longList() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int n = 0; n < 3000; n++) {
      int kind = n * 7919 % 500;
      list.append(
          switch (kind % 10) {
            case 0 -> site.url("/status/" + (400 + kind % 110) + "/x");
            case 1 -> "not a url " + kind;
            case 2 -> "http://127.0.0.1:1/" + kind;
            default -> site.url("/" + kind + "#" + n);
          });
      list.append('\n');
    }
    return Files.writeString(directory.resolve("list"), list);
  }

  private List<String> run(Path list, Path out, String... more) throws IOException {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "--unique",
                "--retry=0",
                "--no-host-breaker",
                "-w1",
                "-fcsv",
                "-o",
                out.toString(),
                list.toString()));
    arguments.add("--fields=urlnum,input,ok,response_code,error,exitcode,duplicate_of");
    arguments.addAll(List.of(more));
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    List<String> records = Files.readAllLines(out);
    return records.stream().skip(1).sorted().toList();
  }

  private static void tear(Path out, double part) throws IOException {
    byte[] all = Files.readAllBytes(out);
    Files.write(out, java.util.Arrays.copyOf(all, (int) (all.length * part)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"continue", "retry-failed", "match-input"})
  void givesDuplicatesTheOutcomesOfARunBeforeThatWasKilled(String mode) throws IOException {
    Path list = longList();
    Path out = directory.resolve("out.csv");
    List<String> uninterrupted = run(list, out);
    int requests = site.total();
    tear(out, 0.6);
    String kept =
        mode.equals("retry-failed") ? ",true,200,,0," : ",[1-9]\\d\\d,(http_status)?,\\d+,";
    long known = Files.readAllLines(out).stream().filter(line -> line.matches(".*" + kept)).count();
    int before = site.total();
    List<String> records = run(list, out, "--resume=" + mode);
    int sent = site.total() - before;
    run(list, out, "--resume=" + mode);

    assertThat(records).isEqualTo(uninterrupted);
    assertThat(sent).as("requests of the second run").isEqualTo((int) (requests - known));
  }

  @Test
  void knowsTheFirstOfADuplicateThatIsLeftInAChangedList() throws IOException {
    Path list = directory.resolve("list");
    Path out = directory.resolve("out.csv");
    String failing = site.url("/status/404");
    Files.writeString(list, failing + "\n" + failing + "#a\n");
    run(list, out);
    Files.writeString(list, failing + "#b\n" + failing + "#a\n" + failing + "#c\n");
    List<String> records = run(list, out, "--resume=match-input");

    assertThat(records)
        .extracting(record -> record.replace(failing, ""))
        .containsExactly(
            "0,#b,false,404,http_status,22,",
            "0,,false,404,http_status,22,",
            "1,#a,false,404,http_status,22,0",
            "2,#c,false,404,http_status,22,0");
  }

  @Test
  void sendsARequestAgainThatWasStopped() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), (site.url("/a") + "\n").repeat(3));
    Path out = directory.resolve("out.csv");
    String header = "urlnum,input,ok,response_code,error,exitcode,duplicate_of\n";
    String stopped = "0," + site.url("/a") + ",false,0,deadline,28,\n";
    Files.writeString(out, header + stopped);

    assertThat(run(list, out, "--resume"))
        .element(1)
        .isEqualTo("1," + site.url("/a") + ",true,200,,0,");
  }

  @Test
  void refusesToResumeWithoutTheFieldsThatDuplicatesTake() {
    Ended ended =
        InProcess.fetch(
            "", "--unique", "--resume", "-o", "x.csv", "-fcsv", "--fields=urlnum,input");

    assertThat(ended.err())
        .contains("--resume with --unique needs response_code, error and duplicate_of in --fields");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
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
