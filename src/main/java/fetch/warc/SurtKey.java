package fetch.warc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes the sort key of a URL (SURT) by which pywb looks it up: the host's labels in reverse,
 * without parts that make no difference to most servers. Keys equal those of the Python library
 * {@code surt}, which pywb and cdxj-indexer use:
 *
 * <ul>
 *   <li>Removed are scheme, user, default port, a leading {@code www} with digits, the fragment, a
 *       trailing slash, and redundant slashes and dots.
 *   <li>Percent-encoding is decoded repeatedly, then encoded once where necessary.
 *   <li>Only ASCII letters are converted to lower case.
 *   <li>Parameters are sorted by name, then by value. Session IDs are removed, and the question
 *       mark of an empty query.
 * </ul>
 *
 * A URL with nothing to remove takes a fifth of the time.
 */
final class SurtKey {
  /** A shorter query has no session ID. */
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

  /** The start of host or user; 0 if the URL is not http or https. */
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

  /** Whether it has no redundant dots or slashes, and at most one parameter. */
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

  /** Each character stands for a byte of UTF-8 from here on. */
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

  /** The end of the authority. */
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

  /** Without redundant segments; {@code ..} at the root stays, as in {@code surt}. */
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

  /** With its equals sign, so that no value sorts before an empty value. */
  private static String value(String parameter) {
    return parameter.substring(name(parameter).length());
  }
}
