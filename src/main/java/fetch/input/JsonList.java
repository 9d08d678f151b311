package fetch.input;

import fetch.Entry;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. There are no comments in JSON: all but blank lines are entries, so that
 * whoever counts lines counts records.
 */
final class JsonList implements ListReader {
  private final LineReader lines;
  private final JsonRows rows;
  private final Source source;
  private final EntryParser parser;

  JsonList(InputStream in, ListFormat format, Source source, EntryParser parser) {
    String key = format.urlColumn();
    this.lines = new LineReader(in);
    this.rows = new JsonRows(key == null ? "url" : key, format.entryOptions());
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
    return !line.text().isEmpty();
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    return parser.parse(urlnum, line, source, rows.read(line));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
