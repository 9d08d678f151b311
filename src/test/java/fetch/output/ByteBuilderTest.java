package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteBuilderTest {
  private final ByteBuilder bytes = new ByteBuilder(1);

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        9,
        10,
        99,
        100,
        999,
        1000,
        123_456_789_012L,
        -1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void writesNumbers(long number) {
    bytes.append(number);

    assertThat(bytes).hasToString(Long.toString(number));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 0.000",
    "1, 3, 0.000",
    "499999, 3, 0.000",
    "500000, 3, 0.001",
    "1000000, 3, 0.001",
    "999499999, 3, 0.999",
    "999500000, 3, 1.000",
    "5230000000, 3, 5.230",
    "3600000000000, 3, 3600.000",
    "499, 6, 0.000000",
    "500, 6, 0.000001",
    "1500, 6, 0.000002",
    "33999999, 6, 0.034000",
    "59999999999, 6, 60.000000",
    "12345678901234567, 6, 12345678.901235",
    "-5, 6, 0.000000"
  })
  void writesSecondsRoundedHalfUp(long nanos, int decimals, String seconds) {
    bytes.appendSeconds(nanos, decimals);

    assertThat(bytes).hasToString(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\u007f", "\u0080", "é", "€", "a😀b", "\0", "x€"})
  void writesTextInUtf8(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes.append(text);

    bytes.writeTo(out);

    assertThat(out.toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(bytes.size()).isEqualTo(out.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00", "a\ud83d", "\ude00\ud83d"})
  void putsAQuestionMarkForHalfACharacter(String text) {
    bytes.append(text);

    assertThat(bytes).hasToString(text.replaceAll("[\ud800-\udfff]", "?"));
  }

  @Test
  void growsAsItMust() {
    ByteBuilder other = new ByteBuilder(1);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      bytes.append('.');
      bytes.append("é");
      bytes.append((long) i);
      bytes.appendDigits(7, 3);
      other.clear();
      other.append("~" + i);
      bytes.append(other);
      expected.append(".é").append(i).append("007~").append(i);
    }

    assertThat(bytes).hasToString(expected.toString());
  }

  @Test
  void startsAnewWhenCleared() {
    bytes.append("something long");
    bytes.clear();
    bytes.append("x");

    assertThat(bytes).hasToString("x");
    assertThat(bytes.size()).isEqualTo(1);
  }
}
