package fetch.input;

import fetch.Entry;
import fetch.Meta;
import fetch.input.XmlReader.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sitemap, or an index of sitemaps (sitemaps.org, protocol 0.9), element by element. Each
 * {@code url} element is an entry, each {@code sitemap} element names another list. The protocol
 * allows 50,000 elements in a file. An index may name no more, and the sitemaps that it names may
 * have no more, so that an index stands for 2.5 billion entries at most; a sitemap that a user
 * names may be longer. DTDs and external entities are not read.
 */
final class SitemapList implements ListReader {
  /** The elements that are read: the URL, and those for {@code meta}. */
  private static final List<String> FIELDS = List.of("loc", "lastmod", "changefreq", "priority");

  /** The elements copied into the record, in the order of its {@code meta}. */
  static final List<String> META = FIELDS.subList(1, FIELDS.size());

  private static final int MOST_CHARS = 64 * 1024;
  private static final int MOST_ELEMENTS = 50_000;

  /** Separates the values of an entry in its line: cannot occur in XML 1.0. */
  private static final char SEPARATOR = '\u001F';

  /** Enough bytes to tell XML from text. */
  private static final int SAMPLE_BYTES = 4096;

  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final int FIRST_OF_UTF_16 = 0xfe;

  private final InputStream in;

  private final Source source;
  private final EntryParser parser;

  /** Whether all of it can be read without waiting. */
  private final boolean atHand;

  private final XmlReader xml;
  private String namespace = "";
  private boolean begun;
  private boolean index;
  private int elements;

  /**
   * @param in supports marks
   */
  SitemapList(InputStream in, Source source, EntryParser parser) throws IOException {
    this.in = in;
    this.source = source;
    this.parser = parser;
    this.atHand =
        switch (source) {
          case Source.RemoteList _ -> true;
          case Source.ListFile(Path file) -> Files.isRegularFile(file);
          case Source.StandardInput _, Source.BareUrl _ -> false;
        };
    this.xml = new XmlReader(in, 1 + skipBlanks(in));
  }

  /** Whether it is a sitemap in text form; XML begins with another character. Consumes nothing. */
  static boolean isText(InputStream in) throws IOException {
    in.mark(SAMPLE_BYTES);
    int first = in.read();
    for (int i = 1;
        i < SAMPLE_BYTES && (XmlTokens.isBlank(first) || BYTE_ORDER_MARK.indexOf(first) >= 0); ) {
      first = in.read();
      i++;
    }
    in.reset();
    return first > 0 && first != '<' && first < FIRST_OF_UTF_16;
  }

  /**
   * Skips blank lines before the XML declaration, which XML does not allow but servers send.
   * Returns how many there were.
   */
  private static long skipBlanks(InputStream in) throws IOException {
    long lines = 0;
    in.mark(1);
    for (int b = in.read(); XmlTokens.isBlank(b); b = in.read()) {
      lines += b == '\n' ? 1 : 0;
      in.mark(1);
    }
    in.reset();
    return lines;
  }

  @Override
  public @Nullable Line next() throws IOException {
    if (!begun) {
      begin();
    }
    for (Event event = xml.next(); event != Event.DONE; event = xml.next()) {
      if (event == Event.START) {
        if (isOurs("url") || isOurs("sitemap")) {
          return counted(entry());
        }
        skip();
      }
    }
    return null;
  }

  private Line counted(Line line) throws IOException {
    if (++elements > MOST_ELEMENTS && (index || source.isNamedByList())) {
      throw new IOException(
          "line "
              + line.number()
              + (index ? ": more than 50,000 sitemaps" : ": more than 50,000 URLs")
              + ", the most that it may have (sitemaps.org)");
    }
    return line;
  }

  private void begin() throws IOException {
    begun = true;
    xml.next(); // the root element, or a document without one is not valid
    String root = xml.name();
    if (!root.equals("urlset") && !root.equals("sitemapindex")) {
      throw new IOException(
          "not a sitemap: its root element is "
              + Row.excerpt(root)
              + ", not urlset or sitemapindex");
    }
    namespace = xml.namespace();
    index = root.equals("sitemapindex");
  }

  private boolean isOurs(String name) {
    return xml.name().equals(name) && xml.namespace().equals(namespace);
  }

  /** Skips the rest of an element. */
  private void skip() throws IOException {
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case START -> depth++;
        case END -> depth--;
        case TEXT, DONE -> {}
      }
    }
  }

  private Line entry() throws IOException {
    long number = xml.line();
    String[] values = new String[FIELDS.size()];
    for (Event event = xml.next(); event != Event.END; event = xml.next()) {
      if (event != Event.START) {
        continue;
      }
      int place = FIELDS.indexOf(xml.name());
      if (place < 0 || !xml.namespace().equals(namespace)) {
        skip();
      } else {
        String text = text();
        values[place] = values[place] == null ? text : values[place];
      }
    }
    StringBuilder line = new StringBuilder();
    for (String value : values) {
      line.append(value == null ? "" : value).append(SEPARATOR);
    }
    boolean tooLong = values[0] != null && values[0].length() > MOST_CHARS;
    return new Line(
        number, line.toString(), tooLong ? "the URL is longer than 64 KiB characters" : null);
  }

  /** The text of an element up to a limit, without nested elements. */
  private String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Event event = xml.next(); event != Event.END; event = xml.next()) {
      if (event == Event.START) {
        skip();
      } else {
        text.append(xml.text(), 0, Math.min(xml.text().length(), room(text)));
      }
    }
    return NonUrlCharacters.trim(text.toString());
  }

  private static int room(StringBuilder text) {
    return MOST_CHARS + 1 - text.length();
  }

  /**
   * False for a pipe, which may have no more for now, and for an index, whose sitemaps must be
   * downloaded.
   */
  @Override
  public boolean ready() {
    return atHand && !index;
  }

  @Override
  public boolean isEntry(Line line) {
    return true;
  }

  /** The sitemap that an element of an index names; null, for a bad entry, if it names none. */
  @Override
  public @Nullable Source nested(Line line) {
    String url = line.text().substring(0, line.text().indexOf(SEPARATOR));
    boolean good = index && line.fault() == null && parser.host(url) != null && isWeb(url);
    return good ? new Source.RemoteList(url, false) : null;
  }

  private static boolean isWeb(String url) {
    return url.regionMatches(true, 0, "http://", 0, 7)
        || url.regionMatches(true, 0, "https://", 0, 8);
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    String[] values = line.text().split(String.valueOf(SEPARATOR), -1);
    Meta meta = meta(values);
    Row row =
        line.fault() != null
            ? new Row.Bad(Row.excerpt(values[0]), line.fault(), meta)
            : values[0].isEmpty()
                ? new Row.Bad("", "the element has no loc", meta)
                : new Row.Good(values[0], null, meta);
    return parser.parse(urlnum, line, source, row);
  }

  private static @Nullable Meta meta(String[] values) {
    List<String> names = new ArrayList<>();
    List<Meta.Value> present = new ArrayList<>();
    for (int i = 0; i < META.size(); i++) {
      if (!values[i + 1].isEmpty()) {
        names.add(META.get(i));
        present.add(new Meta.Value.Text(values[i + 1]));
      }
    }
    return names.isEmpty() ? null : new Meta(names, present);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
