package fetch.robots;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Derives rules from an attempt to fetch a robots.txt (RFC 9309, section 2.3.1). Safe for many
 * threads.
 */
public final class RobotsReader {
  /** A longer delay would let one site hold up the whole list. */
  private static final Duration LONGEST_CRAWL_DELAY = Duration.ofMinutes(1);

  private static final Pattern PRODUCT_TOKEN = Pattern.compile("[A-Za-z_-]+");

  private final Set<String> robots;

  /**
   * @param userAgent its leading letters are the product token (RFC 9309, section 2.2.1)
   */
  public RobotsReader(String userAgent) {
    Matcher token = PRODUCT_TOKEN.matcher(userAgent);
    this.robots = token.lookingAt() ? Set.of(token.group().toLowerCase(Locale.ROOT)) : Set.of();
  }

  /** The rules after a final attempt. */
  public Rules read(Attempt attempt) {
    int status = attempt.outcome().status();
    if (status >= 400 && status < 500) {
      return Rules.ALLOW_ALL;
    }
    return switch (attempt.outcome()) {
      case Outcome.Responded _ when status >= 200 && status < 300 ->
          parse(attempt.requests().urlEffective(), attempt.body().text());
      case Outcome.Responded _, Outcome.Redirected _, Outcome.Unchanged _ ->
          Rules.unreachable("the server returned " + status);
      case Outcome.Failed failed when failed.kind() == FailureKind.TOO_MANY_REDIRECTS ->
          Rules.ALLOW_ALL;
      case Outcome.Failed failed -> Rules.unreachable(failed.message());
    };
  }

  private Rules parse(String url, String text) {
    SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
    SimpleRobotRules rules = parser.parseContent(url, RobotsText.plain(text), null, robots);
    Duration delay = crawlDelay(rules.getCrawlDelay());
    return rules.getRobotRules().isEmpty() && delay.isZero()
        ? Rules.ALLOW_ALL
        : Rules.of(rules.getRobotRules(), delay);
  }

  private static Duration crawlDelay(long millis) {
    return Duration.ofMillis(Math.clamp(millis, 0, LONGEST_CRAWL_DELAY.toMillis()));
  }
}
