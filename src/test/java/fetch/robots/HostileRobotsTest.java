package fetch.robots;

import static fetch.robots.RobotsReaderTest.allows;
import static fetch.robots.RobotsReaderTest.refusal;
import static fetch.robots.RobotsReaderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No robots.txt and no URL keeps a run from its other hosts. */
class HostileRobotsTest {
  /** Times by the processor, which the neighbours of this machine cannot lengthen. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** With regular expressions, tags that never end took minutes. */
  @ParameterizedTest
  @ValueSource(strings = {"<", "<html", "<html ", ":", "%", "User-agent: fetch\nDisallow: /*a"})
  void isNotHeldUpByWhatRepeatsItself(String piece) {
    String robotsTxt =
        "<html>\nUser-agent: *\nDisallow: /page\n" + piece.repeat(500_000 / piece.length());

    long start = System.nanoTime();
    Rules rules = rules(robotsTxt);
    assertThat(allows(rules, "/page")).isFalse();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  /** Each of these files has 500 KiB, and each took more than a second. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sitemap: %\n",
        " SiteMap: %|",
        "http://a/sitemap%\n",
        "acap-x: a\n",
        "\u0130",
        "\u03a3 "
      })
  void readsAnyFileInWellUnderASecond(String piece) {
    String robotsTxt = "User-agent: *\nDisallow: /page\n" + piece.repeat(512_000 / piece.length());

    long least = Long.MAX_VALUE;
    for (int n = 0; n < 5; n++) {
      long start = THREADS.getCurrentThreadCpuTime();
      assertThat(allows(rules(robotsTxt), "/page")).isFalse();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
    }

    assertThat(Duration.ofNanos(least)).isLessThan(Duration.ofMillis(800));
  }

  @Test
  void matchesThousandsOfLongRulesWithoutDelay() {
    String rule = "Disallow: /*" + "a".repeat(91) + "b\n";
    Rules rules = rules("User-agent: *\n" + rule + distinct(4900));

    long start = THREADS.getCurrentThreadCpuTime();
    for (int n = 0; n < 5; n++) {
      assertThat(allows(rules, "/" + "a".repeat(2000 - n))).isTrue();
    }

    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(3));
    assertThat(allows(rules, "/" + "a".repeat(2000) + "b")).isFalse();
  }

  private static String distinct(int count) {
    StringBuilder rules = new StringBuilder();
    for (int n = 0; n < count; n++) {
      rules.append("Disallow: /*").append("a".repeat(85)).append(100_000 + n).append("b\n");
    }
    return rules.toString();
  }

  @Test
  void matchesAPathAndRulesOfAHundredKilobytes() {
    String literal = "a".repeat(120_000);
    Rules rules = rules("User-agent: *\nDisallow: /*" + literal + "b\nDisallow: /*c*" + literal);

    long start = THREADS.getCurrentThreadCpuTime();
    assertThat(allows(rules, "/" + "a".repeat(245_000))).isTrue();
    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(2));
    assertThat(allows(rules, "/" + "a".repeat(245_000) + "b")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%41", "%zz", "*", "$", "%C4%B0", "?", "/..", "\u0130"})
  void readsAnyLongPathWithoutDelay(String piece) {
    Rules rules = rules("User-agent: *\nDisallow: /*page\n");

    long start = THREADS.getCurrentThreadCpuTime();
    assertThat(allows(rules, "/" + piece.repeat(245_000 / piece.length()))).isTrue();

    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void disallowsWhatWouldTakeTooLongToMatch() {
    StringBuilder robotsTxt = new StringBuilder("User-agent: *\nAllow: /\n");
    for (int n = 0; n < 5000; n++) {
      robotsTxt.append("Disallow: /*").append(n).append("x\n");
    }
    Rules rules = rules(robotsTxt.toString());

    long start = THREADS.getCurrentThreadCpuTime();
    assertThat(refusal(rules, "/" + "a".repeat(100_000)))
        .isEqualTo(
            "robots.txt has too many rules to match against a URL of this length;"
                + " it counts as disallowed");
    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(2));
    assertThat(allows(rules, "/" + "a".repeat(2000))).isTrue();
  }
}
