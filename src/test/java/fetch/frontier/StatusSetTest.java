package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusSetTest {
  @Test
  void hasBothEndsOfARange() {
    StatusSet set = StatusSet.parse("200-399");

    assertThat(set.contains(199)).isFalse();
    assertThat(set.contains(200)).isTrue();
    assertThat(set.contains(399)).isTrue();
    assertThat(set.contains(400)).isFalse();
  }

  @Test
  void joinsCodesAndRanges() {
    StatusSet set = StatusSet.parse(" 404, 200 - 204 ,500-500");

    assertThat(set.contains(404)).isTrue();
    assertThat(set.contains(203)).isTrue();
    assertThat(set.contains(500)).isTrue();
    assertThat(set.contains(205)).isFalse();
    assertThat(set.contains(403)).isFalse();
  }

  @Test
  void neverHasTheZeroOfNoAnswer() {
    assertThat(StatusSet.parse("100-999").contains(0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ",", "200,", "20", "2000", "099", "2xx", "200-", "-200", "200-300-400"})
  void refusesWhatIsNoStatus(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatusSet.parse(text))
        .withMessageContaining("neither a status nor a range");
  }

  @Test
  void refusesARangeTheWrongWayRound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatusSet.parse("200,399-300"))
        .withMessage("'399-300' ends before it begins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"200-399", "200,204-206,500", "404", "100-999"})
  void printsAsItIsParsed(String text) {
    assertThat(StatusSet.parse(text)).hasToString(text);
  }
}
