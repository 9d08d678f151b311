package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large the heap may grow, and what the launcher makes of odd numbers of workers. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "tests the shell script bin/fetch")
class HeapIT {
  private static final Pattern MAX_HEAP = Pattern.compile(" MaxHeapSize +(?::)?= (\\d+)");
  private static final String MANY = "4096";

  /** The window of a Brotli stream (RFC 7932, section 9.1), with what goes with it. */
  private static final long BYTES_PER_DECODER = 17L << 20;

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

  @Test
  void hasRoomForWhatDecodersMayKeepInHalfOfTheMemory() {
    long memory = heapWith("-XX:MaxRAMPercentage=100") / 2;

    assertThat(heapWith("")).isBetween(16 * BYTES_PER_DECODER, memory + memory / 8);
    assertThat(heapWith("", "-w", MANY)).isEqualTo(heapWith(""));
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
