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
}
