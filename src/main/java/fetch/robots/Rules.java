package fetch.robots;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRule;
import fetch.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an origin lets this robot do (RFC 9309, section 2.2). Immutable.
 *
 * <p>The library's own rules are neither kept nor asked: a file of 500 KiB becomes ten times that
 * in memory, {@code /*.php$} lets {@code /a.php.php} pass, and {@code Disallow: /index.html}
 * forbids {@code /}.
 */
public final class Rules {
  static final Rules ALLOW_ALL = new Rules("", Duration.ZERO, null);

  private static final String ROBOTS_TXT = "/robots.txt";

  /** What stands for itself in a URL, and for something else in a rule. */
  private static final boolean[] SPECIAL = special();

  /** A rule a line, the most specific first: a plus or minus sign, then the pattern. */
  private final String lines;

  private final Duration crawlDelay;
  private final @Nullable String unreachable;

  private Rules(String lines, Duration crawlDelay, @Nullable String unreachable) {
    this.lines = lines;
    this.crawlDelay = crawlDelay;
    this.unreachable = unreachable;
  }

  /**
   * @param sorted the longest first, of equals those that allow first
   */
  static Rules of(List<RobotRule> sorted, Duration crawlDelay) {
    StringBuilder lines = new StringBuilder();
    for (RobotRule rule : sorted) {
      String pattern = rule.getPrefix();
      int last = pattern.length() - 1;
      if (last < 0) {
        continue; // matches all, as no rule at all does
      }
      lines.append(rule.isAllow() ? '+' : '-');
      lines.append(pattern.substring(0, last).replace("$", "%24")).append(pattern.charAt(last));
      lines.append('\n');
    }
    return new Rules(lines.toString(), crawlDelay, null);
  }

  /** What holds for an origin whose robots.txt cannot be had (RFC 9309, section 2.3.1.4). */
  public static Rules unreachable(String why) {
    return new Rules("", Duration.ZERO, why);
  }

  private static boolean[] special() {
    boolean[] special = new boolean[128];
    special['*'] = true;
    special['$'] = true;
    return special;
  }

  /** Whether they neither forbid anything nor slow it down. */
  public boolean allowAll() {
    return lines.isEmpty() && unreachable == null && crawlDelay.isZero();
  }

  boolean areUnreachable() {
    return unreachable != null;
  }

  /** How much room they take, in characters. */
  int size() {
    return lines.length();
  }

  /** The least time from one request to the next, zero for none. */
  public Duration crawlDelay() {
    return crawlDelay;
  }

  /** Why a URL of the origin must not be fetched, for a person; null when it may be. */
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

  /** Path and query, percent-encoded as the patterns are. */
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
