package fetch.input;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.Meta;
import fetch.http.url.HttpUrlParser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of any format to their end. */
final class Lists {
  private final ListFormat format;
  private final List<String> complaints = new ArrayList<>();

  Lists(InputFormat format) {
    this(format, null);
  }

  Lists(InputFormat format, String urlColumn) {
    this(new ListFormat(format, urlColumn, true, false, null, null, ListFetcher.NONE));
  }

  Lists(ListFormat format) {
    this.format = format;
  }

  List<Entry> read(String list) {
    return read(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)));
  }

  List<Entry> read(InputStream list) {
    List<Entry> entries = new ArrayList<>();
    EntryReader reader = reader(new Source.StandardInput(list));
    for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      entries.addAll(batch);
    }
    return entries;
  }

  EntryReader reader(Source... sources) {
    return new EntryReader(
        List.of(sources),
        format,
        new EntryParser(new HttpUrlParser()),
        Long.MAX_VALUE,
        Shard.WHOLE,
        complaints::add);
  }

  List<String> complaints() {
    return complaints;
  }

  static String url(Entry entry) {
    return ((FetchRequest) entry).target().url();
  }

  /** What is wrong with an entry, and where. */
  static String fault(Entry entry) {
    return ((BadLine) entry).message();
  }

  /** What else is said of an entry: {@code name=text} or, as JSON, {@code name:value}. */
  static List<String> meta(Entry entry) {
    List<String> pairs = new ArrayList<>();
    Meta meta = entry.meta();
    for (int i = 0; meta != null && i < meta.names().size(); i++) {
      String value =
          switch (meta.values().get(i)) {
            case Meta.Value.Text(String text) -> "=" + text;
            case Meta.Value.Json(String text) -> ":" + text;
          };
      pairs.add(meta.names().get(i) + value);
    }
    return pairs;
  }
}
