package fetch.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "2s, PT2S",
    "2, PT2S",
    "1.5, PT1.5S",
    ".5, PT0.5S",
    "5m, PT5M",
    "1h, PT1H",
    "2S, PT2S",
    "0.001, PT0.001S",
    "0, PT0S",
    "1.5h, PT1H30M",
    "999999999h, PT2562047H47M16.854775807S",
  })
  void understandsTimes(String text, Duration duration) {
    assertThat(Converters.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "s", "-1", "+1", "1e3", "1d", "1 2", "1m30s", "0x10", "١"})
  void refusesWhatIsNoTime(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Converters.duration(text));
  }

  @Test
  void takesZeroForNoLimit() {
    assertThat(Converters.timeLimit("0")).isEqualTo(Converters.NO_LIMIT);
    assertThat(Converters.timeLimit("999999999h")).isLessThanOrEqualTo(Converters.NO_LIMIT);
    assertThat(Converters.sizeLimit("0")).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "512, 512",
    "64k, 65536",
    "64K, 65536",
    "64kb, 65536",
    "10m, 10485760",
    "2g, 2147483648",
    "1t, 1099511627776",
    "999999999999999t, 9223372036854775807",
  })
  void understandsSizes(String text, long bytes) {
    assertThat(Converters.size(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1.5m", "1p", "1kk", "9999999999999999"})
  void refusesWhatIsNoSize(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Converters.size(text));
  }

  @Test
  void keepsNumbersInTheirRange() {
    assertThat(Converters.number("3", 3, 5)).isEqualTo(3);
    assertThat(Converters.number("5", 3, 5)).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> Converters.number("2", 3, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> Converters.number("6", 3, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Converters.number("99999999999999999999", 3, 5));
  }
}
