package fetch.input;

import fetch.Entry;
import java.util.Iterator;
import java.util.List;

/** The entries of a program's own list of URLs. An invalid URL becomes a bad line. */
public final class UrlEntries implements Entries {
  private final Iterator<String> urls;
  private final EntryParser parser;
  private long urlnum;

  public UrlEntries(Iterator<String> urls, EntryParser parser) {
    this.urls = urls;
    this.parser = parser;
  }

  @Override
  public List<Entry> next() {
    if (!urls.hasNext()) {
      return List.of();
    }
    String url = urls.next().strip();
    Line line = new Line(urlnum + 1, url, url.isEmpty() ? "the URL is empty" : null);
    return List.of(parser.parse(urlnum++, line, new Source.BareUrl(url)));
  }

  @Override
  public long skip() {
    return 0;
  }

  @Override
  public boolean countable() {
    return false;
  }

  @Override
  public void close() {}
}
