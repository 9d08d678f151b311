package fetch.input;

import java.io.IOException;
import java.util.Locale;

/** The formats of lists. */
public enum InputFormat {
  /** The format that the name of the list indicates. */
  AUTO((in, parser, list) -> byName(in.source()).open(in, parser, list)),
  /** One URL per line. */
  LINES(InputFormat::lines),
  /** RFC 4180. */
  CSV((in, parser, list) -> table(in, ',', parser, list)),
  /** Like CSV, with tabs instead of commas. */
  TSV((in, parser, list) -> table(in, '\t', parser, list)),
  /** One JSON object (RFC 8259) per line. */
  JSONL((in, parser, list) ->
      new LineList(ListStream.utf8(in.bytes()), JsonSyntax.of(list, in.source(), parser))),
  /** XML, or text with one URL per line (sitemaps.org). */
  SITEMAP((in, parser, list) ->
      SitemapList.isText(in.bytes())
          ? LINES.open(in, parser, list)
          : new SitemapList(in.bytes(), in.source(), parser)),
  /** HTML, whose links are the entries. */
  LINKS((in, parser, list) -> new LinkList(in, list.base(), parser));

  /** Opens lists. */
  interface Factory {
    /** Opens a list. */
    ListReader open(OpenList in, EntryParser parser, ListFormat list) throws IOException;
  }

  private final Factory factory;

  InputFormat(Factory factory) {
    this.factory = factory;
  }

  private static ListReader lines(OpenList in, EntryParser parser, ListFormat list)
      throws IOException {
    Source source = in.source();
    UrlTemplate template = source instanceof Source.BareUrl ? null : list.template();
    LineList lines =
        new LineList(ListStream.utf8(in.bytes()), new PlainSyntax(source, parser, template));
    return list.glob() ? new GlobList(lines) : lines;
  }

  private static TableList table(OpenList in, char separator, EntryParser parser, ListFormat list)
      throws IOException {
    return new TableList(ListStream.utf8(in.bytes()), separator, list, in.source(), parser);
  }

  ListReader open(OpenList in, EntryParser parser, ListFormat list) throws IOException {
    return factory.open(in, parser, list);
  }

  static InputFormat byName(Source source) {
    return switch (source) {
      case Source.ListFile file -> byName(file.path().toString().toLowerCase(Locale.ROOT));
      case Source.RemoteList(String url, _) -> byName(path(url).toLowerCase(Locale.ROOT));
      case Source.StandardInput _, Source.BareUrl _ -> LINES;
    };
  }

  private static String path(String url) {
    int end = 0;
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    return url.substring(0, end);
  }

  private static InputFormat byName(String name) {
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (plain.endsWith(".csv")) {
      return CSV;
    }
    if (plain.endsWith(".tsv") || plain.endsWith(".tab")) {
      return TSV;
    }
    if (plain.endsWith(".xml")) {
      return SITEMAP;
    }
    return plain.endsWith(".jsonl") || plain.endsWith(".ndjson") ? JSONL : LINES;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
