package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A test that cannot run on a system says why in the report. */
class SkippedTestsTest {
  private static final Pattern CONDITION = Pattern.compile("@(?:En|Dis)abledOnOs\\(([^)]*)\\)");

  private static final Pattern NEEDS =
      Pattern.compile(
          "createSymbolicLink|createLink|PosixFilePermissions|mkfifo|\\.signal\\(|\"/(dev|proc)/"
              + "|(startAt\\(.*|Site\\()\"127\\.0\\.0\\.[2-9]");

  @Test
  void sayWhatTheyNeed() {
    List<String> silent = new ArrayList<>();
    for (Path file : Sources.all()) {
      CONDITION
          .matcher(Sources.text(file))
          .results()
          .filter(condition -> !condition.group(1).contains("disabledReason = \""))
          .forEach(condition -> silent.add(file + ": " + condition.group()));
    }
    assertThat(silent).isEmpty();
  }

  /**
   * Links, pipes and permissions of files, signals, and loopback addresses other than the first.
   */
  @Test
  void areMarkedInEachClassThatNeedsWhatWindowsOrMacDoesNotHave() {
    List<Path> unmarked =
        Sources.in("src/test/java").stream()
            .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
            .filter(file -> !file.endsWith("SkippedTestsTest.java"))
            .filter(file -> NEEDS.matcher(Sources.text(file)).find())
            .filter(file -> !CONDITION.matcher(Sources.text(file)).find())
            .toList();

    assertThat(unmarked).isEmpty();
  }
}
