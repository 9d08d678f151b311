package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityFormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "59, 59s",
    "60, 1m00s",
    "69, 1m09s",
    "70, 1m10s",
    "185, 3m05s",
    "3599, 59m59s",
    "3600, 1h00m",
    "7620, 2h07m",
    "7679, 2h07m",
    "86399, 23h59m",
    "86400, 1d00h",
    "273600, 3d04h",
    "277199, 3d04h",
    "295200, 3d10h",
    "345599, 3d23h"
  })
  void nameASpanByItsTwoLargestUnits(long seconds, String expected) {
    assertThat(QuantityFormat.span(seconds)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0", "1.5, 1.5", "9.94, 9.9", "9.95, 10", "9.96, 10", "191.4, 191"})
  void roundARateToTwoDigitsOrMore(double perSecond, String expected) {
    assertThat(QuantityFormat.rate(perSecond)).isEqualTo(expected);
  }
}
