package fetch.robots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMatcherTest {
  private static boolean matches(String pattern, String path) {
    String text = "+" + pattern + "\n";
    return new PathMatcher(path).matches(text, 1, text.length() - 1);
  }

  /** Tries every way to spread the path over the stars. */
  private static boolean naive(String pattern, String path) {
    if (pattern.isEmpty() || (pattern.equals("$") && path.isEmpty())) {
      return true;
    }
    if (pattern.charAt(0) == '*') {
      return naive(pattern.substring(1), path)
          || (!path.isEmpty() && naive(pattern, path.substring(1)));
    }
    return !path.isEmpty()
        && pattern.charAt(0) == path.charAt(0)
        && naive(pattern.substring(1), path.substring(1));
  }

  private static String random(Random random, String letters, int most) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(most + 1); length > 0; length--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void agreesWithANaiveMatcher() {
    Random random = new Random(9309);
    int matching = 0;
    for (int n = 0; n < 200_000; n++) {
      String pattern = "/" + random(random, "aab/**", 9) + (random.nextInt(3) == 0 ? "$" : "");
      String path = "/" + random(random, "aab/", 12);
      boolean expected = naive(pattern, path);
      assertThat(matches(pattern, path)).as(pattern + " " + path).isEqualTo(expected);
      matching += expected ? 1 : 0;
    }
    assertThat(matching).isGreaterThan(20_000);
  }

  @ParameterizedTest
  @CsvSource({
    "/a*aab$, /aaaab, true",
    "/*aab*b, /aaabab, true",
    "/*aab*b, /aaaba, false",
    "/*ab$, /ab, true",
    "/a*ab$, /ab, false",
    "*, /, true",
    "**$, /, true"
  })
  void findsLiteralsThatOverlap(String pattern, String path, boolean expected) {
    assertThat(matches(pattern, path)).isEqualTo(expected);
  }

  @Test
  void looksAtEachCharacterOnce() {
    PathMatcher matcher = new PathMatcher("/" + "a".repeat(250_000));
    String pattern = "-/*" + "a".repeat(120_000) + "b";

    for (int n = 0; n < 20; n++) {
      assertThat(matcher.matches(pattern, 1, pattern.length())).isFalse();
      assertThat(matcher.isExhausted()).as("after " + n).isFalse();
    }
  }

  @Test
  void endsWhenItHasTakenTooManySteps() {
    PathMatcher matcher = new PathMatcher("/" + "a".repeat(100_000));
    String pattern = "-/*b";

    int most = PathMatcher.MOST_STEPS / 100_000 + 2;
    for (int n = 0; n < most; n++) {
      matcher.matches(pattern, 1, pattern.length());
    }
    assertThat(matcher.isExhausted()).isTrue();
  }
}
