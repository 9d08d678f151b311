package fetch.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to read the lists of a run.
 *
 * @param urlColumn the name of the column with the URLs, or its number from 1; null for the default
 * @param entryOptions whether entries may override how they are requested: by method, headers,
 *     timeout
 * @param glob whether lines are patterns for URLs
 * @param base the base URL of pages in files, null if unknown
 * @param template makes URLs from the values of entries, null if the lists have URLs
 * @param fetcher downloads lists at URLs
 */
public record ListFormat(
    InputFormat format,
    @Nullable String urlColumn,
    boolean entryOptions,
    boolean glob,
    @Nullable String base,
    @Nullable UrlTemplate template,
    ListFetcher fetcher) {
  /** Formats by the names of the lists. */
  public static final ListFormat BY_NAME =
      new ListFormat(InputFormat.AUTO, null, true, false, null, null, ListFetcher.NONE);

  /** Returns a copy that downloads lists this way. */
  public ListFormat fetchedBy(ListFetcher other) {
    return new ListFormat(format, urlColumn, entryOptions, glob, base, template, other);
  }

  /** Whether a list may name other lists, as an index of sitemaps does. */
  public boolean namesLists(Source source) {
    return of(source) == InputFormat.SITEMAP;
  }

  /** Whether the entries of a list can be counted; not if it names other lists. */
  public boolean countable(Source source) {
    return !namesLists(source) && source.countable();
  }

  /** The format of a source. */
  InputFormat of(Source source) {
    if (source.isNamedByList()) {
      return InputFormat.SITEMAP;
    }
    boolean asNamed = format == InputFormat.AUTO || source instanceof Source.BareUrl;
    return asNamed ? InputFormat.byName(source) : format;
  }

  /** Opens a list for one reading; the caller closes it. */
  ListReader open(Source source, EntryParser parser) throws IOException {
    Source.Opened opened = source.open(fetcher);
    try {
      BufferedInputStream bytes = SitemapBytes.of(ListStream.decompressed(opened.bytes()), source);
      OpenList list = new OpenList(bytes, source, opened.url(), opened.contentType());
      return of(source).open(list, parser, this);
    } catch (IOException e) {
      opened.bytes().close();
      throw e;
    }
  }

  /** Why the template does not fit a list, if that is known; null otherwise. */
  public @Nullable String templateFault(Source source) {
    if (template == null || source instanceof Source.BareUrl) {
      return null;
    }
    return switch (of(source)) {
      case LINES ->
          template.names().stream()
              .filter(name -> !name.equals(PlainSyntax.LINE))
              .findFirst()
              .map(name -> "--url-template: a list of lines has {line}, but no {" + name + "}")
              .orElse(null);
      case CSV, TSV ->
          source.countable() && !(source instanceof Source.RemoteList)
              ? missingColumn(source)
              : null;
      case JSONL, AUTO -> null;
      case SITEMAP -> "--url-template does not work with sitemaps";
      case LINKS -> "--url-template does not work with -i links";
    };
  }

  private @Nullable String missingColumn(Source source) {
    try {
      List<String> _ = readColumns(source);
      return null;
    } catch (TableColumns.NoSuchColumnException e) {
      return e.getMessage();
    } catch (IOException e) {
      return null; // reading the list reports it
    }
  }

  /** Whether any list may have more for an entry than its URL. */
  public boolean anyStructured(List<Source> sources) {
    return sources.stream()
        .anyMatch(source ->
            of(source) != InputFormat.LINES
                || (template != null && !(source instanceof Source.BareUrl)));
  }

  /** Whether any list may override how its entries are requested. */
  public boolean hasEntryOptions(List<Source> sources) {
    return entryOptions && sources.stream().anyMatch(source -> of(source) == InputFormat.JSONL);
  }

  /**
   * The names of the tables' columns other than the one with the URLs. Null if they are unknown: a
   * list comes through a pipe, or is not a table.
   */
  public @Nullable List<String> columns(List<Source> sources) {
    Set<String> names = new LinkedHashSet<>();
    for (Source source : sources) {
      switch (of(source)) {
        case CSV, TSV -> {
          if (!source.countable()) {
            return null;
          }
          names.addAll(columns(source));
        }
        case JSONL, AUTO -> {
          return null;
        }
        case SITEMAP -> names.addAll(SitemapList.META);
        case LINKS -> names.addAll(LinkList.META);
        case LINES -> {
          if (template != null && !(source instanceof Source.BareUrl)) {
            names.add(PlainSyntax.LINE);
          }
        }
      }
    }
    return List.copyOf(names);
  }

  /** Empty for an unreadable list; reading it reports the error later. */
  private List<String> columns(Source source) {
    try {
      return readColumns(source);
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<String> readColumns(Source source) throws IOException {
    EntryParser none = new EntryParser(_ -> new TargetParser.Parsed.Bad("not read"));
    try (ListReader list = open(source, none)) {
      return list instanceof TableList table ? table.others() : List.of();
    }
  }
}
