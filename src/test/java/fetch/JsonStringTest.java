package fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonStringTest {
  private static boolean isControl(char c) {
    return c < ' ' || c == 0x202e;
  }

  @Test
  void escapesQuotesAndBackslashes() {
    assertThat(JsonString.of("a\"b\\c", JsonStringTest::isControl)).isEqualTo("\"a\\\"b\\\\c\"");
  }

  @Test
  void escapesControlCharactersByFourDigits() {
    assertThat(JsonString.escaped("\nü\u202e", JsonStringTest::isControl))
        .isEqualTo("\\u000aü\\u202e");
  }

  @Test
  void returnsTextWithNothingToEscapeAsItIs() {
    String plain = "http://a/ü😀'";

    assertThat(JsonString.escaped(plain, JsonStringTest::isControl)).isSameAs(plain);
  }

  @Test
  void leavesTheMarksOfJsonTextAlone() {
    assertThat(JsonString.escapedWithin("{\"a\":\"\\\\\u202e\"}", JsonStringTest::isControl))
        .isEqualTo("{\"a\":\"\\\\\\u202e\"}");
  }
}
