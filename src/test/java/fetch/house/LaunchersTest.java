package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The start scripts for Unix and for Windows do the same. */
class LaunchersTest {
  private static final String UNIX = script("fetch");
  private static final String WINDOWS = script("fetch.cmd");

  private static String script(String name) {
    return Sources.text(Path.of("src/main/dist/bin", name)).replace("\r\n", "\n");
  }

  private static Set<String> found(String pattern, String script) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(script)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** But for those for a list from a pipe: cmd does not tell what standard input is. */
  @Test
  void giveTheJvmTheSameOptions() {
    String option = "(?<=[ ='\"])-(Xm|XX:[+-]?|D)[\\w.]+=?[\\w.]*";
    String forPipes = "(?s)\nif [^\n]*-p /dev/stdin .*?\nfi\n";

    String unix = UNIX.replaceFirst(forPipes, "");

    assertThat(unix).isNotEqualTo(UNIX);
    assertThat(found(option, unix)).hasSizeGreaterThan(10).isEqualTo(found(option, WINDOWS));
  }

  @Test
  void clearTheSameVariables() {
    assertThat(found("\\b_?J\\w+_OPTIONS\\b", UNIX))
        .hasSizeGreaterThan(2)
        .isEqualTo(found("\\b_?J\\w+_OPTIONS\\b", WINDOWS));
  }

  @Test
  void takeListsOfTheSameSizeForLong() {
    int blocks = 8 << 20 >> 9;

    assertThat(UNIX).contains("-size +" + blocks);
    assertThat(WINDOWS).contains(" geq " + (8 << 20));
  }

  /** cmd reads a script in the code page of its console, and stops at a bad "%~" in a remark. */
  @Test
  void theOneForWindowsIsReadTheSameInEachCodePage() {
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(WINDOWS)).isTrue();
    assertThat(found("^rem .*%.*", WINDOWS)).isEmpty();
  }
}
