package fetch.input;

import fetch.Entry;
import fetch.Meta;
import fetch.Redaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads the links of an HTML page, in the order of the page, each once. Parses the whole page when
 * the first link is needed.
 */
final class LinkList implements ListReader {
  /** The meta of a link in its record: the page, and the name of the element. */
  static final List<String> META = List.of("found_on", "element");

  /** A page with nothing but links takes about 34 times its size in memory. */
  static final int MOST_BYTES = 20 << 20;

  /** Separates the name of an element from its link; does not occur in names. */
  private static final char SEPARATOR = ' ';

  private static final String RELATIVE =
      "a relative link; give the URL of the page with --base, e.g. --base=https://example.org/";

  private final InputStream in;
  private final Source source;
  private final EntryParser parser;
  private final @Nullable String contentType;

  /** The URL of the page, without a user name and password; null if unknown. */
  private final @Nullable String url;

  private final String foundOn;
  private @Nullable Queue<Line> lines;

  /**
   * @param base the base URL of a page in a file, null if unknown
   */
  LinkList(OpenList list, @Nullable String base, EntryParser parser) {
    this.in = list.bytes();
    this.source = list.source();
    this.contentType = list.contentType();
    this.parser = parser;
    String own = list.url();
    String page = own == null ? base : own;
    this.url = page == null ? null : withoutUser(page);
    boolean named = own != null || (source instanceof Source.StandardInput && base != null);
    this.foundOn = named && page != null ? Redaction.ofUrl(page) : source.name();
  }

  /** Removes the login: links do not inherit that of their page, which may be masked. */
  private static String withoutUser(String url) {
    int start = url.indexOf("://") + "://".length();
    int end = start;
    while (end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int at = url.lastIndexOf('@', end - 1);
    return at < start ? url : url.substring(0, start) + url.substring(at + 1);
  }

  @Override
  public @Nullable Line next() throws IOException {
    Queue<Line> rest = lines == null ? links() : lines;
    lines = rest;
    return rest.poll();
  }

  private Queue<Line> links() throws IOException {
    boolean xml = isXml();
    byte[] page = in.readNBytes(MOST_BYTES + 1);
    if (page.length > MOST_BYTES) {
      throw new IOException("the page is larger than " + (MOST_BYTES >> 20) + " MB");
    }
    Parser html = xml ? Parser.xmlParser() : Parser.htmlParser();
    Document document =
        Jsoup.parse(new ByteArrayInputStream(page), charset(), "", html.setTrackPosition(true));
    PageLinks links = new PageLinks(base(document), parser);
    Queue<Line> found = new ArrayDeque<>();
    for (Element element : document.getAllElements()) {
      for (PageLinks.Link link : links.of(element)) {
        found.add(line(element, link));
      }
    }
    return found;
  }

  /** Whether the Content-Type is XHTML, in which every element may be empty. */
  private boolean isXml() throws IOException {
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    String name = type.strip().toLowerCase(Locale.ROOT);
    boolean xml = name.endsWith("/xml") || name.endsWith("+xml");
    if (!xml && !name.startsWith("text/") && !name.isEmpty()) {
      throw new IOException("not an HTML page: its Content-Type is " + Row.excerpt(name));
    }
    return xml;
  }

  /** The charset of Content-Type; null if it is absent or unknown to Java. */
  private @Nullable String charset() {
    String fields = contentType == null ? "" : contentType;
    for (String field : fields.split(";", -1)) {
      String parameter = field.strip();
      if (parameter.regionMatches(true, 0, "charset=", 0, 8)) {
        String name = parameter.substring(8).replace("\"", "").replace("'", "").strip();
        return isKnown(name) ? name : null;
      }
    }
    return null;
  }

  private static boolean isKnown(String charset) {
    try {
      return !charset.isEmpty() && Charset.isSupported(charset);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  /** The base of relative links (HTML, document base URL); null if unknown. */
  private @Nullable String base(Document document) {
    Element element = document.selectFirst("base[href]");
    if (element == null) {
      return url;
    }
    String href = PageLinks.trimmed(element.attr("href"));
    boolean absolute = PageLinks.isWeb(PageLinks.scheme(href));
    String from = url == null && absolute ? href : url;
    String resolved = from == null ? null : parser.resolve(from, href);
    return resolved == null ? url : resolved;
  }

  private static Line line(Element element, PageLinks.Link link) {
    int number = element.sourceRange().start().lineNumber();
    String text = element.normalName() + SEPARATOR + link.url();
    return new Line(Math.max(1, number), text, fault(link));
  }

  private static @Nullable String fault(PageLinks.Link link) {
    return switch (link.kind()) {
      case ABSOLUTE -> null;
      case TOO_LONG -> "the URL is longer than 64 KiB characters";
      case RELATIVE -> RELATIVE;
      case INVALID -> "not a URL: its host or port is invalid";
    };
  }

  @Override
  public boolean ready() {
    return lines != null && !lines.isEmpty();
  }

  @Override
  public boolean isEntry(Line line) {
    return true;
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    int end = line.text().indexOf(SEPARATOR);
    String link = line.text().substring(end + 1);
    Meta meta =
        new Meta(
            META,
            List.of(
                new Meta.Value.Text(foundOn), new Meta.Value.Text(line.text().substring(0, end))));
    return parser.parse(urlnum, line, source, row(link, line.fault(), meta));
  }

  private static Row row(String link, @Nullable String fault, Meta meta) {
    if (fault != null) {
      return new Row.Bad(Row.excerpt(link), fault, meta);
    }
    String scheme = PageLinks.scheme(link);
    return scheme == null || PageLinks.isWeb(scheme)
        ? new Row.Good(link, null, meta)
        : new Row.OtherScheme(link, scheme, meta);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
