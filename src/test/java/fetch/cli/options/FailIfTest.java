package fetch.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fetch.Percentiles;
import fetch.Tally;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailIfTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, false",
    "1, 10, 0, false",
    "1, 10, 1, true",
    "3, 10, 2, false",
    "3, 10, 3, true",
    "999999999999999, 10, 10, false",
    "30%, 10, 2, false",
    "30%, 10, 3, true",
    "33.4%, 3, 1, false",
    "33.3%, 3, 1, true",
    "0.1%, 1000, 0, false",
    "0.1%, 1000, 1, true",
    "100%, 10, 9, false",
    "100%, 10, 10, true",
    "100%, 0, 0, false",
  })
  void failsFromSoManyFailuresOn(String option, long urls, long failed, boolean fails) {
    Tally tally = new Tally(urls, urls - failed, Map.of(), 0, 0, 0, Percentiles.NONE);

    assertThat(FailIf.parse(option).fails(tally)).isEqualTo(fails);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "0", "0%", "-1", "1.5", "100.1%", "5 %", "five", "1e3", "٣"})
  void refusesWhatIsNeitherANumberNorAShare(String option) {
    assertThatIllegalArgumentException().isThrownBy(() -> FailIf.parse(option));
  }
}
