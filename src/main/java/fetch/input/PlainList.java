package fetch.input;

import fetch.Entry;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** One URL a line; blank lines and comments ask for nothing. */
final class PlainList implements ListReader {
  private final LineReader lines;
  private final Source source;
  private final EntryParser parser;

  PlainList(InputStream in, Source source, EntryParser parser) {
    this.lines = new LineReader(in);
    this.source = source;
    this.parser = parser;
  }

  @Override
  public @Nullable Line next() throws IOException {
    return lines.next();
  }

  @Override
  public boolean ready() {
    return lines.ready();
  }

  @Override
  public boolean isEntry(Line line) {
    return line.isEntry();
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    return parser.parse(urlnum, line, source);
  }

  /** Parses only what may hold a password. */
  @Override
  public ListedEntry listed(long urlnum, Line line) {
    return line.text().indexOf('@') < 0
        ? new ListedEntry(line.text())
        : ListedEntry.of(parse(urlnum, line));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
