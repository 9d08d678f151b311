package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** How large the heap may grow follows from the number of workers, unless somebody says it. */
@DisabledOnOs(OS.WINDOWS)
class HeapIT {
  private static final Pattern MAX_HEAP = Pattern.compile(" MaxHeapSize +(?::)?= (\\d+)");
  private static final String MANY = "4096";

  /** The window of a Brotli stream (RFC 7932, section 9.1), with what goes with it. */
  private static final long BYTES_PER_DECODER = 17L << 20;

  private static final long USUAL = heap();
  private static final long WITH_MANY = heap("-w", MANY);

  @TempDir private Path directory;

  private static long heap(String... arguments) {
    return heapWith("", arguments);
  }

  /** The heap's limit in bytes, as the JVM itself tells. */
  private static long heapWith(String javaOptions, String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--version")).toArray(String[]::new);
    return heap(run("-XX:+PrintFlagsFinal " + javaOptions, all));
  }

  private static long heap(Ended ended) {
    Matcher matcher = MAX_HEAP.matcher(ended.everything());
    assertThat(matcher.find()).as(ended.everything()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static Ended run(String javaOptions, String... arguments) {
    return run(Map.of("FETCH_JAVA_OPTS", javaOptions), arguments);
  }

  private static Ended run(Map<String, String> environment, String... arguments) {
    ProcessBuilder builder = Program.builder(Program.executable(), arguments);
    builder.environment().putAll(environment);
    try {
      return Program.run(builder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The options of one letter that take no value. */
  private static List<String> flags() {
    FetchCommand command =
        new FetchCommand(new Console(System.in, System.out, System.err), Map.of());
    return command.groups().stream()
        .flatMap(group -> group.options().stream())
        .filter(option -> option.arity().max() == 0)
        .map(OptionSpec::shortestName)
        .filter(name -> name.length() == 2)
        .toList();
  }

  @Test
  void hasRoomForWhatDecodersMayKeepButNotWithoutLimit() {
    assertThat(USUAL).isBetween(16 * BYTES_PER_DECODER, 32 * BYTES_PER_DECODER);
    assertThat(WITH_MANY).isBetween(4L << 30, 8L << 30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-w4096",
        "-w=4096",
        "--workers 4096",
        "--workers=4096",
        "-w 1 -w 4096",
        "-w 4096 -m 1",
        "-qkw 4096",
        "-vvw4096",
        "-k4Iw=4096"
      })
  void followsFromTheWorkersInWhicheverWayTheyAreWritten(String arguments) {
    assertThat(heap(arguments.split(" "))).isEqualTo(WITH_MANY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--since x", "--since=x", "-q --since x urls.txt"})
  void hasRoomForMillionsOfEarlierRecords(String arguments) {
    assertThat(heap(arguments.split(" "))).isEqualTo(USUAL + (4L << 30));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void followsFromTheWorkersThatAreWrittenTogetherWith(String flag) {
    assertThat(heap(flag + "w" + MANY)).isEqualTo(WITH_MANY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Aw4096", "-bw=4096", "-H X:-w4096", "-o -", "-uw:4096", "-w4096 -w 16", "-XkwX"})
  void doesNotFollowFromWhatIsNotTheNumberOfWorkers(String arguments) {
    assertThat(heap(arguments.split(" "))).isEqualTo(USUAL);
  }

  private long heapWithConfig(String config, String variable, String... arguments)
      throws IOException {
    Files.createDirectories(directory.resolve("fetch"));
    Files.writeString(directory.resolve("fetch/config"), config);
    Map<String, String> environment =
        Map.of(
            "XDG_CONFIG_HOME",
            directory.toString(),
            "FETCH_OPTS",
            variable,
            "FETCH_JAVA_OPTS",
            "-XX:+PrintFlagsFinal");
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--version")).toArray(String[]::new);
    return heap(run(environment, all));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workers = 4096",
        "workers=4096",
        "\tworkers\t4096\n# more\n",
        "# mine\n\n--workers: 4096",
        "-w 4096",
        "-w4096 # many",
        "workers 16\nworkers 4096"
      })
  void followsFromTheWorkersInTheConfig(String config) throws IOException {
    assertThat(heapWithConfig(config, "")).isEqualTo(WITH_MANY);
    assertThat(heapWithConfig(config, "-w16")).isEqualTo(USUAL);
    assertThat(heapWithConfig(config, "", "-w", "16")).isEqualTo(USUAL);
    assertThat(heapWithConfig(config, "", "--no-config")).isEqualTo(USUAL);
  }

  @Test
  void followsFromTheWorkersInTheVariable() throws IOException {
    assertThat(heapWithConfig("# -w16", "-q --workers 4096")).isEqualTo(WITH_MANY);
    assertThat(heapWithConfig("header = *", "-qw4096 -H *", "-A", "x")).isEqualTo(WITH_MANY);
    assertThat(heapWithConfig("", "-w4096", "-w16")).isEqualTo(USUAL);
    assertThat(heapWithConfig("", "-w4096", "--no-config")).isEqualTo(USUAL);
  }

  @Test
  void followsFromTheWorkersInAnArgumentFile() throws IOException {
    Path file = Files.writeString(directory.resolve("my args"), "-q\n  -w 4096");

    assertThat(heapWithConfig("", "", "@" + file)).isEqualTo(WITH_MANY);
    assertThat(heapWithConfig("", "", "@" + file, "-w16")).isEqualTo(USUAL);
  }

  @ParameterizedTest
  @CsvSource({"-Xmx33m, 33", "-Xmx700m -Xint, 700", "-XX:MaxHeapSize=48m, 48"})
  void isWhatTheOptionsForTheJavaRuntimeSay(String options, long megabytes) {
    assertThat(heapWith(options, "-w", MANY) >> 20).isBetween(megabytes, megabytes + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "0",
        "-1",
        "1e3",
        "$(exit 9)",
        "`exit 9`",
        "1 + 1",
        "*",
        "[",
        "a[0]",
        "999999",
        "99999999999999999999999"
      })
  void leavesOddNumbersOfWorkersToFetch(String workers) {
    for (List<String> arguments :
        List.of(List.of("-w", workers), List.of("--workers=" + workers))) {
      Ended ended = run("", arguments.toArray(String[]::new));

      assertThat(ended.err())
          .startsWith("fetch: invalid value for option '--workers': '" + workers + "' is not ");
      assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"08", "099"})
  void takesNoNumberForAnOctalOne(String workers) {
    Ended ended = run("", "-w", workers);

    assertThat(ended.err()).contains("\n0 urls: ");
    assertThat(ended.code()).isZero();
  }

  @Test
  void leavesMissingWorkersToFetch() {
    for (String option : List.of("-w", "--workers")) {
      Ended ended = run("", option);

      assertThat(ended.err()).startsWith("fetch: ").contains("--workers").contains("--help");
      assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }
    assertThat(run("", "--workers=").code()).isEqualTo(ExitCode.USAGE);
  }
}
