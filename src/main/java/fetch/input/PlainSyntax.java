package fetch.input;

import fetch.Entry;
import fetch.Meta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses lists with one URL per line; skips blank lines and comments. */
record PlainSyntax(Source source, EntryParser parser, @Nullable UrlTemplate template)
    implements LineList.Syntax {
  /** The name of the line in a template. */
  static final String LINE = "line";

  @Override
  public boolean isEntry(Line line) {
    return line.isEntry();
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    return template == null || line.fault() != null
        ? parser.parse(urlnum, line, source)
        : parser.parse(urlnum, line, source, row(line, template));
  }

  private static Row row(Line line, UrlTemplate template) {
    Meta.Value text = new Meta.Value.Text(line.text());
    Meta meta = new Meta(List.of(LINE), List.of(text));
    return template.row(meta, null, line);
  }

  /** Parses only lines that may contain a password. */
  @Override
  public ListedEntry listed(long urlnum, Line line) {
    return template == null && line.text().indexOf('@') < 0
        ? new ListedEntry(line.text())
        : ListedEntry.of(parse(urlnum, line));
  }
}
