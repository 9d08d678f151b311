package fetch.spark;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.HostName;
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
   * @param query appended to the query of each URL, null for none
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

  /** The key of entries that stay together; null for an entry that is not requested. */
  @Nullable String key(ListedLine line, HostGroup group) {
    return switch (parse(line)) {
      case FetchRequest request -> group.of(HostName.withoutDot(request.target().host()));
      case BadLine _ -> null;
    };
  }
}
