package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built program comparing runs of itself. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs shell scripts and signals of Unix")
class CompareIT {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();
  private Path temporary;

  @BeforeEach
  void open() throws IOException {
    temporary = Files.createDirectory(directory.resolve("temporary"));
  }

  private Path list(String path, int entries) throws IOException {
    return Files.writeString(directory.resolve("list"), (site.url(path) + "\n").repeat(entries));
  }

  private ProcessBuilder compare(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "compare";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    ProcessBuilder builder = Program.builder(Program.executable(), all);
    builder.environment().put("FETCH_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    return builder;
  }

  @Test
  void measuresWhatEachSettingGainsAndCosts() throws IOException {
    Path list = list("/after/100/x", 40);
    Path report = directory.resolve("report.html");
    Ended ended =
        Program.run(
            compare(
                "-s",
                "serial,virtual,async",
                "-w8",
                "--runs=1",
                "-fjson",
                "-H",
                "X-Part: 7",
                "--report=" + report,
                list.toString()));
    JsonNode json = new ObjectMapper().readTree(ended.out());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(json.get("settings")).hasSize(3);
    JsonNode serial = json.at("/settings/0");
    assertThat(serial.get("wall").asDouble()).isGreaterThan(4);
    assertThat(serial.get("p50").asDouble()).isBetween(0.1, 0.3);
    for (int i = 1; i <= 2; i++) {
      JsonNode parallel = json.get("settings").get(i);
      assertThat(parallel.get("speed_up").asDouble()).isBetween(1.5, 8.0);
      assertThat(parallel.get("urls").asInt()).isEqualTo(40);
      assertThat(parallel.get("failed").asInt()).isZero();
    }
    assertThat(json.at("/advice/command").asText())
        .startsWith("fetch -s ")
        .endsWith(" -w 8 --header='X-Part:***' " + list);
    assertThat(ended.err()).contains("fetch: run 1 of 3: serial: ").contains("    fetch -s ");
    assertThat(site.requests()).hasSize(160).allMatch(request -> request.contains("X-Part: 7"));
    assertThat(temporary).isEmptyDirectory();
    assertThat(report)
        .content()
        .contains("<h1>Which strategy for " + list, "40 URLs · 3 runs · ", "<svg ", "virtual 8: ");
  }

  @ParameterizedTest
  @CsvSource({"''", "--sample=1"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void showsNoListOfProcessesWhatAnArgumentFileHolds(String sample) throws Exception {
    String url = site.url("/gate/x?key=tops3cret").replace("//", "//jo:tops3cret@");
    Path file =
        Files.writeString(
            directory.resolve("args"),
            "-b a=tops3cret -H 'X-Key: tops3cret it' \n" + url + "\n" + sample);
    try (Program fetch = Program.start(compare("-spool", "-w2", "--runs=1", "@" + file))) {
      site.awaitRequests(1);
      List<String> started =
          ProcessHandle.of(fetch.pid())
              .orElseThrow()
              .descendants()
              .map(process -> commandLine(process.pid()))
              .toList();
      site.openGate();
      Ended ended = fetch.await();

      assertThat(started).isNotEmpty().allMatch(words -> words.contains("fetch.cli.Main"));
      assertThat(started).noneMatch(words -> words.contains("s3cret"));
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.everything()).doesNotContain("/x?key=tops3cret it", "jo:tops3cret");
      assertThat(site.requests())
          .isNotEmpty()
          .allMatch(request -> request.contains("X-Key: tops3cret it\r\n"))
          .allMatch(request -> request.contains("Cookie: a=tops3cret\r\n"));
      assertThat(temporary).isEmptyDirectory();
    }
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void samplesWhatComesThroughAPipe() throws Exception {
    try (Program fetch =
        Program.start(compare("-spool", "-w4", "--runs=1", "--sample=5", "-fcsv", "-q", "-"))) {
      fetch.feed((site.url("/x") + "\n").repeat(100));
      fetch.input().close();
      Ended ended = fetch.await();

      assertThat(ended.records()).hasSize(2);
      assertThat(ended.records().getLast()).startsWith("pool,4,1,").contains(",5,0,0,");
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
      assertThat(site.requests()).hasSize(10);
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--unique --list=LIST, a b a, /a /b",
    "-i links -B URL PAGE, x, /x",
    "-i sitemap MAP, m, /m",
    "--url-template=URL{id} TABLE, '', /a%20b /c",
    "--glob URL{g}h[1-2], '', /gh1 /gh2",
    "--sample=1 --glob URL{g}h[3-3], '', /gh3",
  })
  void fetchesListsOfEveryKindWithTheSectionsOfTheConfigFile(
      String arguments, String list, String paths) throws IOException {
    Path report = directory.resolve("report.html");
    Files.createDirectory(directory.resolve("fetch"));
    Files.writeString(
        directory.resolve("fetch/config"),
        "report = " + report + "\n[127.0.0.1]\nheader = 'X-Own: 7'\nper-host-rate = 100/s\n");
    Files.writeString(
        directory.resolve("LIST"), site.url("/") + list.replace(" ", "\n" + site.url("/")));
    Files.writeString(directory.resolve("PAGE"), "<a href=" + list + ">");
    Files.writeString(
        directory.resolve("MAP"),
        "<urlset><url><loc>" + site.url("/") + list + "</loc></url></urlset>");
    Files.writeString(directory.resolve("TABLE.csv"), "id,x\na b,1\nc,2\n");
    String all =
        arguments
            .replace("URL", site.url("/"))
            .replace("TABLE", "TABLE.csv")
            .replace("LIST", "" + directory.resolve("LIST"));
    ProcessBuilder builder = compare(("-s serial --runs=1 -q " + all).split(" ", -1));
    builder.environment().put("XDG_CONFIG_HOME", directory.toString());
    builder.directory(directory.toFile());
    Ended ended = Program.run(builder);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(site.requests())
        .allMatch(head -> head.contains("\r\nX-Own: 7\r\n"))
        .extracting(head -> head.split(" ", 3)[1])
        .containsOnly(paths.split(" ", -1));
    assertThat(report).as("the page of a run, which compare does not write").doesNotExist();
  }

  @Test
  void saysBeforeAllElseThatThereIsNoList() throws IOException {
    Path missing = directory.resolve("missing");
    Ended ended = Program.run("compare", missing.toString());

    assertThat(ended.err()).startsWith("fetch: " + missing + ": no such file").hasLineCount(1);
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }

  @Test
  void comparesNothingWhereNothingIsToBeFetched() throws IOException {
    Ended ended = Program.run(compare("-s", "pool", "" + list("/x", 3), "--limit=0"));

    assertThat(ended.err()).startsWith("fetch: nothing to compare: ").hasLineCount(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void saysThatItWasStoppedBeforeAnythingWasMeasured() throws Exception {
    try (Program fetch = Program.start(compare("-spool", "-w4", "" + list("/silent", 1)))) {
      site.awaitRequests(1);
      fetch.signal("INT");
      Ended ended = fetch.await();

      assertThat(ended.err()).isEqualTo("fetch: stopped after 0 of 3 runs\n");
      assertThat(ended.out()).isEmpty();
      assertThat(ended.code()).isEqualTo(130);
    }
  }

  @Test
  void showsThatASettingFailed() throws IOException {
    Ended ended =
        Program.run("compare", "-spool", "-w4", "--runs=1", "--deadline=0.3", site.url("/silent"));

    assertThat(ended.out()).contains("pool            4  failed: the deadline was reached\n");
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void printsWhatThereIsWhenItIsStopped(String signal, int code) throws Exception {
    Path list = list("/after/2500/x", 1);
    try (Program fetch = Program.start(compare("-spool,async", "-w4", "--runs=1", "" + list))) {
      site.awaitRequests(3);
      fetch.signal(signal);
      Ended ended = fetch.await(Duration.ofMillis(2300));

      assertThat(ended.records()).hasSize(3);
      assertThat(ended.records().get(1)).startsWith("pool            4    ");
      assertThat(ended.records().get(2)).isEqualTo("async           4  not run");
      assertThat(ended.err()).contains("fetch: stopped after 1 of 2 runs\n", "pool 4 took ");
      assertThat(ended.code()).isEqualTo(code);
      assertThat(temporary).isEmptyDirectory();
    }
  }
}
