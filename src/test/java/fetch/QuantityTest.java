package fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, host, 0 hosts",
    "1, host, 1 host",
    "2, host, 2 hosts",
    "1, bad line, 1 bad line",
    "1, entry, 1 entry",
    "21, entry, 21 entries"
  })
  void theNounFollowsTheNumber(long count, String noun, String text) {
    assertThat(Quantity.of(count, noun)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 entries have", "1, 1 entry has", "2, 2 entries have"})
  void theVerbFollowsTheNumber(long count, String text) {
    assertThat(Quantity.having(count, "entry")).isEqualTo(text);
  }
}
