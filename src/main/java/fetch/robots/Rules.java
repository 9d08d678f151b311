package fetch.robots;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRule;
import fetch.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what an origin allows this robot to fetch (RFC 9309, section 2.2). Immutable.
 *
 * <p>Does not use the library's own matcher: it takes ten times the memory of the file, {@code
 * /*.php$} misses {@code /a.php.php}, and {@code Disallow: /index.html} disallows {@code /}.
 */
public final class Rules {
  static final Rules ALLOW_ALL = new Rules("", Duration.ZERO, null);

  private static final String ROBOTS_TXT = "/robots.txt";

  /** Characters that are literal in a URL but have a meaning in a rule. */
  private static final boolean[] SPECIAL = special();

  /** One rule a line, most specific first: plus (allow) or minus (disallow), then the pattern. */
  private final String lines;

  private final Duration crawlDelay;
  private final @Nullable String unreachable;

  private Rules(String lines, Duration crawlDelay, @Nullable String unreachable) {
    this.lines = lines;
    this.crawlDelay = crawlDelay;
    this.unreachable = unreachable;
  }

  /**
   * @param sorted longest pattern first; among equals, allow first
   */
  static Rules of(List<RobotRule> sorted, Duration crawlDelay) {
    StringBuilder lines = new StringBuilder();
    for (RobotRule rule : sorted) {
      String pattern = rule.getPrefix();
      int last = pattern.length() - 1;
      if (last < 0) {
        continue; // an empty pattern has no effect
      }
      lines.append(rule.isAllow() ? '+' : '-');
      lines.append(pattern.substring(0, last).replace("$", "%24")).append(pattern.charAt(last));
      lines.append('\n');
    }
    return new Rules(lines.toString(), crawlDelay, null);
  }

  /** Rules of an origin whose robots.txt is unreachable (RFC 9309, section 2.3.1.4). */
  public static Rules unreachable(String why) {
    return new Rules("", Duration.ZERO, why);
  }

  private static boolean[] special() {
    boolean[] special = new boolean[128];
    special['*'] = true;
    special['$'] = true;
    return special;
  }

  /** Whether they neither disallow anything nor have a crawl delay. */
  public boolean allowAll() {
    return lines.isEmpty() && unreachable == null && crawlDelay.isZero();
  }

  boolean areUnreachable() {
    return unreachable != null;
  }

  /** Their memory, in characters. */
  int size() {
    return lines.length();
  }

  /** The minimum time between requests; zero for none. */
  public Duration crawlDelay() {
    return crawlDelay;
  }

  /** A sentence that says why a URL of the origin must not be fetched; null if it may be. */
  public @Nullable String refusal(Target target) {
    if (lines.isEmpty() && unreachable == null) {
      return null;
    }
    String path = path(target.location());
    if (path.equals(ROBOTS_TXT)) {
      return null;
    }
    if (unreachable != null) {
      return "robots.txt is unreachable, which disallows all: " + unreachable;
    }
    return objection(path);
  }

  /** Path and query, percent-encoded like the patterns. */
  private static String path(String url) {
    int start = url.indexOf('/', url.indexOf("://") + 3);
    int fragment = url.indexOf('#', start);
    String path = url.substring(start, fragment < 0 ? url.length() : fragment);
    return SimpleRobotRules.escapePath(path, SPECIAL);
  }

  /** The rule with the longest pattern decides (RFC 9309, section 2.2.2). */
  private @Nullable String objection(String path) {
    PathMatcher matcher = new PathMatcher(path);
    int end;
    for (int start = 0; start < lines.length(); start = end + 1) {
      end = lines.indexOf('\n', start);
      boolean matches = matcher.matches(lines, start + 1, end);
      if (matcher.isExhausted()) {
        return "robots.txt has too many rules to match against a URL of this length;"
            + " it counts as disallowed";
      }
      if (matches) {
        return lines.charAt(start) == '+' ? null : "robots.txt disallows it";
      }
    }
    return null;
  }
}
