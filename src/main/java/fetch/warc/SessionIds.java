package fetch.warc;

import java.util.List;

/**
 * Removes session IDs of old application servers from URLs. Text is in lower case. Removes only the
 * last of each kind, as the library {@code surt} does.
 */
final class SessionIds {
  private static final int LENGTH = 32;
  private static final int LENGTH_OF_ASP = 24;
  private static final int LETTERS_OF_ASP = 8;

  /** More than any session ID has. */
  private static final int MANY = LENGTH + 1;

  private static final List<String> PARAMETERS = List.of("jsessionid=", "phpsessid=", "sid=");
  private static final String ASP = "aspsessionid";
  private static final String COLD_FUSION = "cfid=";
  private static final String COLD_FUSION_TOKEN = "&cftoken=";
  private static final String ASPX = ".aspx";

  private SessionIds() {}

  /** Finds the end of a session ID that begins at a position; -1 if none does. */
  private interface Kind {
    int end(String text, int start);
  }

  /** The query without session IDs; the {@code &} before one stays. */
  static String withoutQuery(String query) {
    String rest = query;
    for (String name : PARAMETERS) {
      rest = withoutLast(name, SessionIds::endOfParameter, rest);
    }
    rest = withoutLast(ASP, SessionIds::endOfAsp, rest);
    return !rest.contains(COLD_FUSION_TOKEN)
        ? rest
        : withoutLast(COLD_FUSION, SessionIds::endOfColdFusion, rest);
  }

  private static String withoutLast(String name, Kind kind, String text) {
    for (int at = text.lastIndexOf(name); at >= 0; at = text.lastIndexOf(name, at - 1)) {
      int end = kind.end(text, at);
      boolean whole = end == text.length() || (end > at && text.charAt(end) == '&');
      if (whole) {
        return text.substring(0, at) + text.substring(Math.min(end + 1, text.length()));
      }
    }
    return text;
  }

  private static int endOfParameter(String text, int start) {
    int value = text.indexOf('=', start) + 1;
    return alphanumerics(text, value) >= LENGTH ? value + LENGTH : -1;
  }

  private static int endOfAsp(String text, int start) {
    int value = start + ASP.length() + LETTERS_OF_ASP + 1;
    boolean named =
        letters(text, start + ASP.length()) == LETTERS_OF_ASP && text.startsWith("=", value - 1);
    return named && letters(text, value) >= LENGTH_OF_ASP ? value + LENGTH_OF_ASP : -1;
  }

  private static int endOfColdFusion(String text, int start) {
    int value = start + COLD_FUSION.length();
    int next = text.indexOf('&', value);
    int token = next + COLD_FUSION_TOKEN.length();
    if (next <= value || !text.startsWith(COLD_FUSION_TOKEN, next) || token == text.length()) {
      return -1;
    }
    int end = text.indexOf('&', token);
    return end == token ? -1 : end < 0 ? text.length() : end;
  }

  /**
   * The path without the session IDs of ASP.NET: {@code /(S(…))/page.aspx}, {@code /(…)/page.aspx}.
   */
  static String withoutPath(String path) {
    String rest = withoutSegment(SessionIds::endOfNested, path);
    return withoutSegment(SessionIds::endOfSimple, rest);
  }

  private static String withoutSegment(Kind kind, String path) {
    for (int at = path.lastIndexOf("/("); at >= 0; at = path.lastIndexOf("/(", at - 1)) {
      int end = kind.end(path, at + 1);
      if (end > 0 && path.startsWith(")/", end - 2) && isBeforePage(path, end)) {
        return path.substring(0, at + 1) + path.substring(end);
      }
    }
    return path;
  }

  private static boolean isBeforePage(String path, int from) {
    int page = path.indexOf(ASPX, from + 1);
    int mark = path.indexOf('?', from);
    return page >= 0 && (mark < 0 || mark > page);
  }

  private static int endOfNested(String path, int start) {
    int at = start + 1;
    while (letters(path, at) == 1
        && path.startsWith("(", at + 1)
        && alphanumerics(path, at + 2) == LENGTH_OF_ASP
        && path.startsWith(")", at + 2 + LENGTH_OF_ASP)) {
      at += LENGTH_OF_ASP + 3;
    }
    return at > start + 1 ? at + 2 : -1;
  }

  private static int endOfSimple(String path, int start) {
    return alphanumerics(path, start + 1) == LENGTH_OF_ASP ? start + LENGTH_OF_ASP + 3 : -1;
  }

  /** The number of letters from here, at most {@link #MANY}. */
  private static int letters(String text, int from) {
    int at = from;
    while (at < text.length()
        && at - from < MANY
        && text.charAt(at) >= 'a'
        && text.charAt(at) <= 'z') {
      at++;
    }
    return at - from;
  }

  private static int alphanumerics(String text, int from) {
    int at = from;
    while (at < text.length()
        && at - from < MANY
        && ((text.charAt(at) >= 'a' && text.charAt(at) <= 'z')
            || (text.charAt(at) >= '0' && text.charAt(at) <= '9'))) {
      at++;
    }
    return at - from;
  }
}
