package fetch.robots;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** For how long rules are remembered, and how many. */
class RulesCacheTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final RulesCache known = new RulesCache();
  private long now = Long.MAX_VALUE - 5 * MINUTE; // as System.nanoTime, it may overflow

  private static Origin origin(int n) {
    return new Origin("http", "host" + n, 80);
  }

  private static Rules disallowing(String path) {
    RobotsReader reader = new RobotsReader("fetch");
    return reader.read(RobotsReaderTest.responded(200, "User-agent: *\nDisallow: /" + path + "\n"));
  }

  @Test
  void remembersRulesForADay() {
    Rules rules = disallowing("a");
    known.put(origin(1), rules, now);
    now += 24 * 60 * MINUTE - 1;

    assertThat(known.of(origin(1), now)).isSameAs(rules);
    assertThat(known.of(origin(1), now + 1)).isNull();
  }

  @Test
  void asksAgainForWhatWasUnreachable() {
    known.put(origin(1), Rules.unreachable("a test"), now);

    assertThat(known.of(origin(1), now + 10 * MINUTE - 1)).isNotNull();
    assertThat(known.of(origin(1), now + 10 * MINUTE)).isNull();
  }

  @Test
  void tellsOriginsApart() {
    known.put(new Origin("http", "a", 80), Rules.ALLOW_ALL, now);

    assertThat(known.of(new Origin("http", "a", 80), now)).isNotNull();
    assertThat(known.of(new Origin("https", "a", 80), now)).isNull();
    assertThat(known.of(new Origin("http", "b", 80), now)).isNull();
    assertThat(known.of(new Origin("http", "a", 81), now)).isNull();
  }

  @Test
  void forgetsThoseLongestUnusedWhenThereAreMany() {
    known.put(origin(0), Rules.ALLOW_ALL, now);
    known.put(origin(1), Rules.ALLOW_ALL, now);
    for (int n = 2; n < 65_536; n++) {
      known.put(origin(n), Rules.ALLOW_ALL, now);
    }
    assertThat(known.of(origin(0), now)).isNotNull();

    known.put(origin(65_536), Rules.ALLOW_ALL, now);

    assertThat(known.of(origin(1), now)).isNull();
    assertThat(known.of(origin(0), now)).isNotNull();
    assertThat(known.of(origin(65_536), now)).isNotNull();
  }

  @Test
  void forgetsThoseLongestUnusedWhenTheyAreLarge() {
    int size = 500_000;
    Rules large = disallowing("a".repeat(size));
    for (int n = 0; n < 1000; n++) {
      known.put(origin(n % 100), large, now);
    }

    int remembered = 0;
    for (int n = 0; n < 100; n++) {
      remembered += known.of(origin(n), now) == null ? 0 : 1;
    }
    assertThat(remembered).isEqualTo((16 << 20) / size);
  }

  @Test
  void makesRoomWhenRulesHaveBecomeTooOld() {
    Rules large = disallowing("a".repeat(500_000));
    for (int n = 0; n < 100; n++) {
      known.put(origin(n), large, now);
      now += 25 * 60 * MINUTE;
      assertThat(known.of(origin(n), now)).isNull();
    }
    known.put(origin(0), large, now);
    known.put(origin(1), large, now);

    assertThat(known.of(origin(0), now)).isNotNull();
  }

  @Test
  void looksForRobotsTxtAtTheRootOfTheOrigin() {
    assertThat(robotsTxt("http://example.org/a/b?c", "example.org", 80))
        .isEqualTo("http://example.org/robots.txt");
    assertThat(robotsTxt("https://user:secret@example.org/", "example.org", 443))
        .isEqualTo("https://example.org/robots.txt");
    assertThat(robotsTxt("https://[::1]:80/", "::1", 80)).isEqualTo("https://[::1]:80/robots.txt");
  }

  private static String robotsTxt(String url, String host, int port) {
    return Origin.of(new Target(url, url, host, port)).robotsTxt().location();
  }
}
