package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void neverHasTheZeroOfNoResponse() {
    assertThat(StatusSet.parse("100-999").contains(0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ",", "200,", "20", "2000", "099", "2xx", "200-", "-200", "200-300-400"})
  void refusesWhatIsNoStatus(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatusSet.parse(text))
        .withMessageContaining("neither a status code nor a range");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5xx           | 500-599",
        "429,5XX,!501  | 429,500,502-599",
        "!501,5xx      | 500,502-599",
        "*,!404        | 100-403,405-999",
        "4xx,!410-499  | 400-409",
        "2xx, ! 204    | 200-203,205-299",
        "503,!503      | ''",
        "!502,!418     | 500,503-504",
        "429           | 429"
      })
  void knowsClassesAndExclusionsWhereItIsChanged(String text, String codes) {
    assertThat(StatusSet.parse("500,502-504").changed(text)).hasToString(codes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0xx", "20x", "!", "!!1", "5*", "429,", "x"})
  void refusesAChangeThatIsNoStatus(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatusSet.ALL.changed(text))
        .withMessageContaining("neither a status code nor a range");
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
