package fetch.robots;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.Sample;
import fetch.Target;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from a robots.txt, and from there being none. */
class RobotsReaderTest {
  /** RFC 9309, section 5.1. */
  private static final String SIMPLE_EXAMPLE =
      """
      User-Agent: *
      Disallow: *.gif$
      Disallow: /example/
      Allow: /publications/

      User-Agent: foobot
      Disallow:/
      Allow:/example/page.html
      Allow:/example/allowed.gif

      User-Agent: barbot
      User-Agent: bazbot
      Disallow: /example/page.html

      User-Agent: quxbot

      EOF
      """;

  static Attempt responded(int status, String body) {
    return Sample.carrying(Sample.responded(Sample.request(0), status), body);
  }

  private static Attempt failed(FailureKind kind, int status) {
    Outcome outcome = new Outcome.Failed(kind, "it broke", status, "a test");
    return Sample.attempt(Sample.request(0), outcome);
  }

  static Rules rules(String robotsTxt) {
    return rules("fetch/1.0", robotsTxt);
  }

  private static Rules rules(String userAgent, String robotsTxt) {
    return new RobotsReader(userAgent).read(responded(200, robotsTxt));
  }

  static String refusal(Rules rules, String path) {
    String url = "https://user:a@example.org:8443" + path;
    return rules.refusal(new Target(url, url, "example.org", 8443));
  }

  static boolean allows(Rules rules, String path) {
    return refusal(rules, path) == null;
  }

  private static boolean allows(String robotsTxt, String path) {
    return allows(rules(robotsTxt), path);
  }

  @ParameterizedTest
  @CsvSource({
    "somebot, /, true",
    "somebot, /picture.gif, false",
    "somebot, /picture.gif?size=1, true",
    "somebot, /example/page.html, false",
    "somebot, /publications/, true",
    "foobot, /, false",
    "foobot, /publications/, false",
    "foobot, /example/page.html, true",
    "foobot, /example/allowed.gif, true",
    "barbot, /, true",
    "barbot, /example/page.html, false",
    "barbot, /picture.gif, true",
    "bazbot, /example/page.html, false",
    "quxbot, /example/page.html, true",
    "quxbot, /picture.gif, true",
  })
  void obeysTheSimpleExampleOfTheStandard(String robot, String path, boolean allowed) {
    assertThat(allows(rules(robot, SIMPLE_EXAMPLE), path)).isEqualTo(allowed);
  }

  /** RFC 9309, section 5.2. */
  @ParameterizedTest
  @CsvSource({
    "/example/page/, true",
    "/example/page/disallow.gif, true",
    "/example/page/disallowed.gif, false",
    "/, true",
  })
  void letsTheLongestMatchDecide(String path, boolean allowed) {
    String robotsTxt =
        """
        User-Agent: foobot
        Allow: /example/page/
        Disallow: /example/page/disallowed.gif
        """;

    assertThat(allows(rules("foobot", robotsTxt), path)).isEqualTo(allowed);
  }

  /** RFC 9309, section 2.2.1. */
  @ParameterizedTest
  @CsvSource({"/foo, false", "/bar, false", "/baz, false", "/other, true", "/all, true"})
  void combinesTheGroupsOfARobot(String path, boolean allowed) {
    String robotsTxt =
        """
        user-agent: *
        disallow: /all

        user-agent: ExampleBot
        disallow: /foo
        disallow: /bar

        user-agent: ExampleBot
        disallow: /baz
        """;

    assertThat(allows(rules("examplebot", robotsTxt), path)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "fetch/1.0, false",
    "FETCH, false",
    "fetch (+https://example.org/), false",
    "fetcher/1.0, true",
    "fetch-bot, true",
    "prefetch, true",
    "'', true",
    "42, true",
  })
  void knowsARobotByItsProductToken(String userAgent, boolean allowed) {
    Rules rules = rules(userAgent, "User-agent: Fetch\nDisallow: /\n");

    assertThat(allows(rules, "/page")).isEqualTo(allowed);
  }

  /** RFC 9309, section 2.2.2: path in the file, and path that is asked for. */
  @ParameterizedTest
  @CsvSource({
    "/foo/bar?baz=quz, /foo/bar?baz=quz, false",
    "/foo/bar?baz=https%3A%2F%2Ffoo.bar, /foo/bar?baz=https%3A%2F%2Ffoo.bar, false",
    "/foo/bar/\u30c4, /foo/bar/%E3%83%84, false",
    "/\u0130\ud83d\ude00, /%C4%B0%F0%9F%98%80, false",
    "/%e9, /%E9, false",
    "/foo/bar/%e3%83%84, /foo/bar/%E3%83%84, false",
    "/foo/bar/%62%61%7A, /foo/bar/baz, false",
    "/foo/bar/baz, /foo/bar/%62%61%7A, false",
    "/foo/Bar, /foo/bar, true",
    "/foo%2Fbar, /foo/bar, true",
    "/path/file-with-a-%2A.html, /path/file-with-a-*.html, false",
    "/path/file-with-a-%2A.html, /path/file-with-a-b.html, true",
    "/path/foo-%24, /path/foo-$, false",
    "/a$b, /a$b, false",
    "/a<b, /a%3Cb, false",
    "/page, /page#fragment, false",
    "/page$, /page#fragment, false",
    "/other#/page, /page, true",
  })
  void comparesPathsAsTheyAreEncoded(String disallowed, String path, boolean allowed) {
    assertThat(allows("User-agent: *\nDisallow: " + disallowed, path)).isEqualTo(allowed);
  }

  /** RFC 9309, section 2.2.3. */
  @ParameterizedTest
  @CsvSource({
    "/*.php$, /a.php, false",
    "/*.php$, /a.php.php, false",
    "/*.php$, /a.php?b, true",
    "/*.php, /a.php?b, false",
    "/a*b*c, /a/b/c/d, false",
    "/a*b*c$, /a/b/c/d/c, false",
    "/a*b*c$, /a/c/b, true",
    "/**a, /b/a, false",
    "/a*, /a, false",
    "/a*$, /abc, false",
    "/a$, /ab, true",
    "/$, /, false",
    "/$, /a, true",
    "*, /, false",
    "$, /, true",
    "a, /a, true",
    "/index.html, /, true",
    "/a/index.html, /a/, true",
  })
  void understandsStarAndDollar(String disallowed, String path, boolean allowed) {
    assertThat(allows("User-agent: *\nDisallow: " + disallowed, path)).isEqualTo(allowed);
  }

  @Test
  void allowsWhereRulesOfOneLengthContradict() {
    assertThat(allows("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a")).isTrue();
  }

  @Test
  void allowsRobotsTxtItselfAlways() {
    assertThat(allows("User-agent: *\nDisallow: /\n", "/robots.txt")).isTrue();
    assertThat(allows(new RobotsReader("fetch").read(responded(503, "")), "/robots.txt")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n# nothing\n",
        "User-agent: *\nDisallow:\n",
        "Disallow: /\n",
        "<html><body><h1>Not found</h1></body></html>",
        "\u0000\u0001\ufffd",
      })
  void allowsAllWhereNoRuleIs(String robotsTxt) {
    assertThat(allows(robotsTxt, "/page")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeffUser-agent: *\nDisallow: /page",
        "User-agent:*\rDisallow:/page\r",
        "  USER-AGENT : * # all\r\n\tDISALLOW : /page # this\r\n",
        "User-agent: *\nfoo bar\nSitemap: http://x/\nDisallow: /page\n\u0000",
        "User-agent: *\nCrawl-delay: 1\n\nDisallow: /page\n",
        "<html><body><pre>User-agent: *<br>\nDisallow: /page<br></pre></body></html>",
      })
  void makesTheBestOfWhatIsWrittenCarelessly(String robotsTxt) {
    assertThat(allows(robotsTxt, "/page")).isFalse();
    assertThat(allows(robotsTxt, "/other")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 429, 451, 499})
  void allowsAllWhereTheServerHasNoRobotsTxtForIt(int status) {
    assertThat(allows(new RobotsReader("fetch").read(responded(status, "")), "/page")).isTrue();
  }

  @Test
  void allowsAllWhenThereAreTooManyRedirects() {
    Attempt attempt = failed(FailureKind.TOO_MANY_REDIRECTS, 302);

    assertThat(allows(new RobotsReader("fetch").read(attempt), "/page")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 302, 500, 503, 599, 600})
  void disallowsAllWhenTheServerFails(int status) {
    assertThat(refusal(new RobotsReader("fetch").read(responded(status, "")), "/page"))
        .isEqualTo("robots.txt is unreachable, which disallows all: the server returned " + status);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"DNS", "CONNECT", "TLS_CERTIFICATE", "TIMEOUT", "RESET", "PARTIAL", "BAD_ENCODING"})
  void disallowsAllWhenTheNetworkFails(FailureKind kind) {
    assertThat(refusal(new RobotsReader("fetch").read(failed(kind, 0)), "/page"))
        .isEqualTo("robots.txt is unreachable, which disallows all: it broke");
    assertThat(allows(new RobotsReader("fetch").read(failed(kind, 200)), "/page")).isFalse();
    assertThat(allows(new RobotsReader("fetch").read(failed(kind, 404)), "/page")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10000",
    "0.5, 500",
    "0, 0",
    "-7, 0",
    "-0.5, 0",
    "60, 60000",
    "61, 60000",
    "86400, 60000",
    "2147483647, 60000",
    "1e300.0, 0",
    "999999999999999999999.9, 60000",
    "99999999999999999999, 0",
    "NaN, 0",
    "soon, 0",
  })
  void capsACrawlDelayAndIgnoresWhatIsNone(String delay, long millis) {
    Rules rules = rules("User-agent: *\nCrawl-delay: " + delay + "\nDisallow: /page\n");

    assertThat(rules.crawlDelay()).isEqualTo(Duration.ofMillis(millis));
    assertThat(allows(rules, "/page")).isFalse();
    assertThat(allows(rules, "/other")).isTrue();
  }

  @Test
  void takesTheCrawlDelayOfItsOwnGroup() {
    Rules rules =
        rules(
            """
            User-agent: fetch
            Crawl-delay: 5
            Disallow: /private/

            User-agent: *
            Crawl-delay: 2
            Disallow: /
            """);

    assertThat(rules.crawlDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(allows(rules, "/page")).isTrue();
  }

  @Test
  void leavesOutSitemapsAndNothingElse() {
    String robotsTxt =
        "Sitemap: https://example.org/a.xml\r\nUser-agent: *\r sitemap: b|Disallow: /page\n"
            + "http://example.org/sitemap.xml\nDisallow: /sitemap\nAllow: /http";
    Rules rules = rules(robotsTxt);

    assertThat(allows(rules, "/page")).isFalse();
    assertThat(allows(rules, "/sitemap.xml")).isFalse();
    assertThat(allows(rules, "/http")).isTrue();
  }

  @Test
  void knowsWhetherAnythingIsRestricted() {
    assertThat(rules("User-agent: *\nDisallow:\n").allowAll()).isTrue();
    assertThat(new RobotsReader("fetch/1.0").read(responded(404, "")).allowAll()).isTrue();
    assertThat(rules("User-agent: *\nDisallow: /a\n").allowAll()).isFalse();
    assertThat(rules("User-agent: *\nCrawl-delay: 1\n").allowAll()).isFalse();
    assertThat(new RobotsReader("fetch/1.0").read(responded(503, "")).allowAll()).isFalse();
  }

  @Test
  void survivesWhateverIsSent() {
    String[] words = {
      "user-agent",
      "disallow",
      "allow",
      "crawl-delay",
      "sitemap",
      ":",
      " ",
      "/",
      "*",
      "$",
      "%",
      "%2",
      "%zz",
      "\n",
      "\r",
      "\u00e9",
      "#",
      "<",
      "<html>",
      ">",
      "1",
      "-",
      ".",
      "http",
      "acap-",
      "\u0000",
      "\u2028",
      "\ud800"
    };
    Random random = new Random(9309);
    RobotsReader reader = new RobotsReader("fetch");
    for (int n = 0; n < 5000; n++) {
      StringBuilder text = new StringBuilder("user-agent: *\n");
      for (int word = random.nextInt(50); word > 0; word--) {
        text.append(words[random.nextInt(words.length)]);
      }
      Rules rules = reader.read(responded(200, text.toString()));

      assertThat(refusal(rules, "/page%zz*$")).isIn(null, "robots.txt disallows it");
    }
  }
}
