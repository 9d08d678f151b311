package fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which value a host has. */
class ByHostTest {
  private static ByHost<String> byHost(String... patterns) {
    Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
    for (String pattern : patterns) {
      changes.put(pattern, before -> before + ">" + pattern);
    }
    return ByHost.of("usual", changes);
  }

  @ParameterizedTest
  @CsvSource({
    "other.example, usual",
    "example.org, usual",
    "a.example.org, usual>*.example.org",
    "A.Example.org., usual>*.example.org",
    "notexample.org, usual",
    "b.api.example.org, usual>*.example.org>*.api.example.org",
    "api.example.org, usual>*.example.org>api.example.org",
    "x.api.example.org, usual>*.example.org>*.api.example.org>x.api.example.org",
    "127.0.0.1, usual>127.0.0.1",
    "::1, usual>::1"
  })
  void isThatOfTheMostSpecificPatternOverTheOthers(String host, String value) {
    assertThat(
            byHost(
                    "x.api.example.org",
                    "api.example.org",
                    "*.api.example.org",
                    "*.example.org",
                    "127.0.0.1",
                    "::1")
                .of(host))
        .isEqualTo(value);
  }

  @Test
  void isTheUsualOneWithoutPatterns() {
    assertThat(ByHost.always("x").of("a.example")).isEqualTo("x");
    assertThat(byHost("a.example").map(String::length).of("b.example")).isEqualTo(5);
    assertThat(byHost("a.example").map(String::length).of("a.example")).isEqualTo(15);
  }
}
