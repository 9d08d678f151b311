package fetch.input;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Finds the links in the elements of a page (HTML), each link once. For one thread. */
final class PageLinks {
  private static final int MOST_CHARS = 64 * 1024;
  private static final String SRCSET = "srcset";

  /** The attributes with URLs, by element; those of images may have several. */
  private static final Map<String, List<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("a", List.of("href")),
          Map.entry("area", List.of("href")),
          Map.entry("link", List.of("href", "imagesrcset")),
          Map.entry("img", List.of("src", SRCSET)),
          Map.entry("source", List.of("src", SRCSET)),
          Map.entry("script", List.of("src")),
          Map.entry("iframe", List.of("src")),
          Map.entry("frame", List.of("src")),
          Map.entry("video", List.of("src", "poster")),
          Map.entry("audio", List.of("src")),
          Map.entry("track", List.of("src")),
          Map.entry("embed", List.of("src")),
          Map.entry("object", List.of("data")));

  /** Links with these relations name servers, and nothing to fetch. */
  private static final Set<String> HINTS = Set.of("preconnect", "dns-prefetch");

  private final @Nullable String base;

  private final EntryParser parser;
  private final Set<String> seen = new HashSet<>();

  /** The kinds of links. */
  enum Kind {
    /** It has a scheme. */
    ABSOLUTE,
    /** It has no scheme, and the URL of the page is unknown. */
    RELATIVE,
    /** It cannot be resolved. */
    INVALID,
    TOO_LONG
  }

  /**
   * A link.
   *
   * @param url without a fragment; as written if it is not absolute
   */
  record Link(String url, Kind kind) {}

  /**
   * @param base the base of relative links, null if unknown
   */
  PageLinks(@Nullable String base, EntryParser parser) {
    this.base = base;
    this.parser = parser;
  }

  /** The links in the attributes of an element, without those of earlier elements. */
  List<Link> of(Element element) {
    List<Link> links = new ArrayList<>();
    for (String name : ATTRIBUTES.getOrDefault(element.normalName(), List.of())) {
      if (element.hasAttr(name) && !isHint(element)) {
        String value = element.attr(name);
        for (String text : name.endsWith(SRCSET) ? candidates(value) : List.of(value)) {
          add(trimmed(text), links);
        }
      }
    }
    return links;
  }

  private static boolean isHint(Element element) {
    return element.normalName().equals("link")
        && HINTS.contains(element.attr("rel").strip().toLowerCase(Locale.ROOT));
  }

  private void add(String text, List<Link> links) {
    String scheme = scheme(text);
    boolean inPage = text.isEmpty() || text.startsWith("#");
    if (!inPage && (scheme == null || !Scheme.OPAQUE.contains(scheme))) {
      Link link = link(text, scheme);
      if (seen.add(link.url())) {
        links.add(link);
      }
    }
  }

  private Link link(String text, @Nullable String scheme) {
    if (text.length() > MOST_CHARS) {
      return new Link(Row.excerpt(text), Kind.TOO_LONG);
    }
    if (scheme != null && !isWeb(scheme)) {
      return new Link(withoutFragment(text), Kind.ABSOLUTE);
    }
    String from = base == null && scheme != null ? text : base;
    if (from == null) {
      return new Link(withoutFragment(text), Kind.RELATIVE);
    }
    String url = parser.resolve(from, text);
    if (url != null) {
      return new Link(withoutFragment(url), Kind.ABSOLUTE);
    }
    // The parser reports the fault of a link that has a scheme.
    return new Link(withoutFragment(text), scheme == null ? Kind.INVALID : Kind.ABSOLUTE);
  }

  private static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }

  /** The scheme of a link, in lower case; null if it has none. */
  static @Nullable String scheme(String link) {
    int colon = Scheme.endOfName(link);
    return colon < 0 ? null : link.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  static boolean isWeb(@Nullable String scheme) {
    return "http".equals(scheme) || "https".equals(scheme);
  }

  /** Removes the characters that browsers drop from URLs (WHATWG URL, section 4.4). */
  static String trimmed(String link) {
    int start = 0;
    int end = link.length();
    while (start < end && link.charAt(start) <= ' ') {
      start++;
    }
    while (start < end && link.charAt(end - 1) <= ' ') {
      end--;
    }
    String text = link.substring(start, end);
    boolean clean = text.chars().noneMatch(PageLinks::isTabOrNewline);
    return clean ? text : text.replaceAll("[\t\n\r]", "");
  }

  private static boolean isTabOrNewline(int c) {
    return c == '\t' || c == '\n' || c == '\r';
  }

  /** The URLs of a srcset attribute (HTML, section 4.8.4.2.1). */
  private static List<String> candidates(String text) {
    List<String> urls = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && !isSpace(text.charAt(end))) {
        end++;
      }
      int last = end;
      while (last > at && text.charAt(last - 1) == ',') {
        last--;
      }
      if (last > at) {
        urls.add(text.substring(at, last));
      }
      boolean more = last > at && last == end;
      at = Math.max(at + 1, more ? afterDescriptors(text, end) : end);
    }
    return urls;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  /** Skips widths and densities, to after a comma outside parentheses. */
  private static int afterDescriptors(String text, int from) {
    boolean inParentheses = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      inParentheses = c == '(' || (inParentheses && c != ')');
      if (c == ',' && !inParentheses) {
        return i + 1;
      }
    }
    return text.length();
  }
}
