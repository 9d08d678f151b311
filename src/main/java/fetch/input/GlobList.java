package fetch.input;

import fetch.Entry;
import fetch.input.UrlGlob.BadGlobException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A list whose lines are {@link UrlGlob} patterns, each of which may yield many entries. */
final class GlobList implements ListReader {
  private final ListReader list;
  private @Nullable UrlGlob glob;
  private long number;
  private long position;
  private boolean expanded;

  /**
   * @param list of lines; closed with this
   */
  GlobList(ListReader list) {
    this.list = list;
  }

  @Override
  public @Nullable Line next() throws IOException {
    if (glob != null && position < glob.size()) {
      return new Line(number, glob.at(position++), null);
    }
    glob = null;
    Line line = list.next();
    expanded = line != null && line.fault() == null && list.isEntry(line);
    return line != null && expanded && UrlGlob.isIn(line.text()) ? first(line) : line;
  }

  private Line first(Line line) {
    try {
      UrlGlob parsed = UrlGlob.parse(line.text());
      glob = parsed;
      number = line.number();
      position = 1;
      return new Line(number, parsed.at(0), null);
    } catch (BadGlobException e) {
      return new Line(line.number(), line.text(), e.getMessage());
    }
  }

  @Override
  public long passOver(long most) {
    if (glob == null) {
      return 0;
    }
    long passed = Math.min(most, glob.size() - position);
    position += passed;
    return passed;
  }

  @Override
  public boolean ready() {
    return (glob != null && position < glob.size()) || list.ready();
  }

  /** Every URL of a pattern is an entry, even if it is empty or begins with a number sign. */
  @Override
  public boolean isEntry(Line line) {
    return expanded || list.isEntry(line);
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    return list.parse(urlnum, line);
  }

  @Override
  public ListedEntry listed(long urlnum, Line line) {
    return list.listed(urlnum, line);
  }

  @Override
  public void close() throws IOException {
    list.close();
  }
}
