package fetch.house;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.house.Code.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** How much fits into one head. Parses the code once. */
@TestInstance(Lifecycle.PER_CLASS)
class BudgetTest {
  private static final int MOST_LINES_OF_A_METHOD = 60;
  private static final int MEDIAN_LINES_OF_A_METHOD = 8;
  private static final int MOST_LINES_OF_A_FILE = 400;
  private static final int MEDIAN_LINES_OF_A_FILE = 90;

  private static final int MOST_PARAMETERS_OF_A_CONSTRUCTOR = 7;

  private final Code everything = Code.parse(Sources.all());
  private final Code programs = Code.parse(Sources.ofPrograms());

  private static int lines(Path file) {
    return Math.toIntExact(Sources.text(file).lines().count());
  }

  private static int median(IntStream numbers) {
    int[] sorted = numbers.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  @Test
  void noMethodIsLong() {
    assertThat(everything.methods())
        .hasSizeGreaterThan(500)
        .filteredOn(method -> method.lines() > MOST_LINES_OF_A_METHOD)
        .isEmpty();
  }

  @Test
  void mostMethodsOfProgramsAreShort() {
    List<Method> methods = programs.methods();

    assertThat(median(methods.stream().mapToInt(Method::lines)))
        .isLessThanOrEqualTo(MEDIAN_LINES_OF_A_METHOD);
  }

  @Test
  void noConstructorTakesManyParameters() {
    assertThat(everything.constructors())
        .hasSizeGreaterThan(300)
        .filteredOn(made -> made.parameters() > MOST_PARAMETERS_OF_A_CONSTRUCTOR)
        .isEmpty();
  }

  @Test
  void noFileIsLong() {
    assertThat(Sources.all())
        .hasSizeGreaterThan(100)
        .filteredOn(file -> lines(file) > MOST_LINES_OF_A_FILE)
        .isEmpty();
  }

  @Test
  void mostFilesOfProgramsAreShort() {
    assertThat(median(Sources.ofPrograms().stream().mapToInt(BudgetTest::lines)))
        .isLessThanOrEqualTo(MEDIAN_LINES_OF_A_FILE);
  }

  @Test
  void typesAreWrittenOut() {
    assertThat(everything.inferredTypes()).isEmpty();
  }
}
