package fetch.spark;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.http.url.HostGroup;
import fetch.http.url.HttpUrlParser;
import fetch.http.url.QueryAppender;
import fetch.input.EntryParser;
import fetch.input.LineParser;
import fetch.input.TargetParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the lines of a job's lists. For one thread. */
final class EntryParsers {
  private final List<LineParser> parsers;

  /**
   * @param query is appended to the query of each URL, null for nothing
   */
  EntryParsers(List<ListSource> sources, @Nullable String query) {
    TargetParser urls = new HttpUrlParser();
    EntryParser entries = new EntryParser(query == null ? urls : new QueryAppender(urls, query));
    this.parsers = sources.stream().map(source -> source.parser(entries)).toList();
  }

  Entry parse(ListedLine line) {
    return parsers
        .get(line.source())
        .parse(line.urlnum(), line.number(), line.text(), line.fault());
  }

  /** What keeps an entry together with others; null when it is not going to be requested. */
  @Nullable String key(ListedLine line, HostGroup group) {
    return switch (parse(line)) {
      case FetchRequest request -> group.of(undotted(request.target().host()));
      case BadLine _ -> null;
    };
  }

  private static String undotted(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
