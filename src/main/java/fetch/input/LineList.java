package fetch.input;

import fetch.Entry;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A list with one entry per line. */
final class LineList implements ListReader {
  private final LineReader lines;
  private final Syntax syntax;

  LineList(InputStream in, Syntax syntax) {
    this.lines = new LineReader(in);
    this.syntax = syntax;
  }

  /** The syntax of lines. */
  interface Syntax {
    /** Like {@link ListReader#position}. */
    default long position(Line line) {
      return -1;
    }

    /** Like {@link ListReader#isEntry}. */
    boolean isEntry(Line line);

    /** Like {@link ListReader#parse}. */
    Entry parse(long urlnum, Line line);

    /** Like {@link ListReader#listed}. */
    default ListedEntry listed(long urlnum, Line line) {
      return ListedEntry.of(parse(urlnum, line));
    }
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
  public long position(Line line) {
    return syntax.position(line);
  }

  @Override
  public boolean isEntry(Line line) {
    return syntax.isEntry(line);
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    return syntax.parse(urlnum, line);
  }

  @Override
  public ListedEntry listed(long urlnum, Line line) {
    return syntax.listed(urlnum, line);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
