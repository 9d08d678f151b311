package fetch.warc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A URL in the form by which indexes are sorted (SURT), as pywb looks it up: the host's labels from
 * the last to the first, and what makes no difference to most servers left out. Keys are those of
 * the Python library {@code surt}, which pywb and cdxj-indexer use:
 *
 * <ul>
 *   <li>Left out are scheme, user, the port that the scheme has by default, a {@code www} and
 *       digits at the beginning of the host, the fragment, a slash at the end, and slashes and dots
 *       that mean nothing.
 *   <li>Percent-encoding is decoded as often as it takes, then encoded again where it must be.
 *   <li>Letters of ASCII become small, and only they.
 *   <li>Parameters are sorted by their names, then by their values. Those of sessions are left out,
 *       and the question mark if nothing is behind it.
 * </ul>
 *
 * A URL in which there is nothing to leave out takes a fifth of the time.
 */
final class SurtKey {
  /** So many characters are no session identifier. */
  private static final int MOST_OF_QUERY = 30;

  private SurtKey() {}

  static String of(String url) {
    int host = afterScheme(url);
    int path = url.indexOf('/', host);
    boolean plain =
        host > 0
            && path > host
            && isPlainHost(url, host, path)
            && isPlainPath(url, path)
            && !url.startsWith("www", host);
    return plain ? reversed(url, host, path) : host > 0 ? normalized(url, host) : url;
  }

  /** Where the host or a user begins, 0 when it is no URL of HTTP. */
  private static int afterScheme(String url) {
    return url.regionMatches(true, 0, "http://", 0, 7)
        ? 7
        : url.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
  }

  private static boolean isPlainHost(String url, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = url.charAt(i);
      if (!isPlain(c) && (c != '.' || url.charAt(i - 1) == '.')) {
        return false;
      }
    }
    return url.charAt(from) != '.' && url.charAt(to - 1) != '.';
  }

  /** Whether it has neither dots nor slashes that mean nothing, and at most one parameter. */
  private static boolean isPlainPath(String url, int from) {
    int query = 0;
    for (int i = from + 1; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean afterSlash = url.charAt(i - 1) == '/' && query == 0;
      boolean allowed =
          isPlain(c)
              || (c == '/' && !afterSlash)
              || (c == '.' && !afterSlash)
              || (c == '=' && query > 0)
              || (c == '?' && query == 0 && !afterSlash);
      if (!allowed) {
        return false;
      }
      query = c == '?' ? i : query;
    }
    return (query == 0 && !(url.endsWith("/") && url.length() - from > 1))
        || (query > 0 && query < url.length() - 1 && url.length() - query < MOST_OF_QUERY);
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  private static String reversed(String url, int from, int to) {
    StringBuilder key = new StringBuilder(url.length());
    appendReversed(url.substring(from, to), key);
    return key.append(')').append(url, to, url.length()).toString();
  }

  private static void appendReversed(String host, StringBuilder key) {
    int end = host.length();
    while (end >= 0) {
      int start = host.lastIndexOf('.', end - 1) + 1;
      key.append(host, start, end).append(start == 0 ? "" : ",");
      end = start - 1;
    }
  }

  /** From here on, each character stands for a byte of UTF-8. */
  private static String normalized(String url, int afterScheme) {
    String bytes = new String(url.getBytes(UTF_8), ISO_8859_1);
    String text = before('#', bytes);
    int end = firstOf(text, afterScheme);
    int query = text.indexOf('?', end);
    StringBuilder key = new StringBuilder(text.length());
    appendAuthority(text.substring(afterScheme, end), afterScheme == 7 ? "80" : "443", key);
    key.append(')');
    key.append(
        path(PercentEncoding.decode(text.substring(end, query < 0 ? text.length() : query))));
    String parameters = query < 0 ? "" : parameters(text.substring(query + 1));
    return parameters.isEmpty() ? key.toString() : key.append('?').append(parameters).toString();
  }

  private static String before(char end, String text) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  /** Where the authority ends. */
  private static int firstOf(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '/' && text.charAt(at) != '?') {
      at++;
    }
    return at;
  }

  private static void appendAuthority(String authority, String usualPort, StringBuilder key) {
    String server = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = server.lastIndexOf(':');
    boolean literal = server.startsWith("[") && server.indexOf(']') > 0;
    boolean hasPort = colon > (literal ? server.indexOf(']') : 0);
    String host = hasPort ? server.substring(0, colon) : server;
    String port = hasPort ? server.substring(colon + 1) : "";
    String name = literal ? host.substring(1, host.indexOf(']')) : host;
    appendReversed(usualHost(name), key);
    if (!port.isEmpty() && !port.equals(usualPort)) {
      key.append(':').append(port);
    }
  }

  private static String usualHost(String text) {
    String host = PercentEncoding.decode(text).replace("..", ".");
    int start = 0;
    int end = host.length();
    while (start < end && host.charAt(start) == '.') {
      start++;
    }
    while (end > start && host.charAt(end - 1) == '.') {
      end--;
    }
    return withoutWww(PercentEncoding.encode(host.substring(start, end)));
  }

  private static String withoutWww(String host) {
    int end = host.startsWith("www") ? 3 : host.length();
    while (end < host.length() && host.charAt(end) >= '0' && host.charAt(end) <= '9') {
      end++;
    }
    return end < host.length() && host.charAt(end) == '.' ? host.substring(end + 1) : host;
  }

  /** Without segments that mean nothing; {@code ..} at the top stays, as no server has it. */
  private static String path(String decoded) {
    List<String> kept = new ArrayList<>();
    for (String segment : decoded.substring(Math.min(1, decoded.length())).split("/", -1)) {
      if (segment.equals("..") && !kept.isEmpty()) {
        kept.removeLast();
      } else if (!segment.equals(".")) {
        kept.add(segment);
      }
    }
    StringBuilder path = new StringBuilder(decoded.length() + 1).append('/');
    for (int i = 0; i < kept.size(); i++) {
      boolean last = i == kept.size() - 1;
      path.append(kept.get(i)).append(last || kept.get(i).isEmpty() ? "" : "/");
    }
    String usual = SessionIds.withoutPath(PercentEncoding.encode(path.toString()));
    boolean slash = usual.length() > 1 && usual.endsWith("/");
    return slash ? usual.substring(0, usual.length() - 1) : usual;
  }

  private static String parameters(String query) {
    String usual = PercentEncoding.encode(PercentEncoding.decode(query));
    return sorted(SessionIds.withoutQuery(usual));
  }

  private static String sorted(String query) {
    if (query.length() < 2 || query.indexOf('&') < 0) {
      return query;
    }
    String[] parameters = query.split("&", -1);
    Arrays.sort(parameters, Comparator.comparing(SurtKey::name).thenComparing(SurtKey::value));
    return String.join("&", parameters);
  }

  private static String name(String parameter) {
    return before('=', parameter);
  }

  /** With its equals sign: no value comes before an empty one. */
  private static String value(String parameter) {
    return parameter.substring(name(parameter).length());
  }
}
