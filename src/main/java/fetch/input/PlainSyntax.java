package fetch.input;

import fetch.Entry;

/** Parses lists with one URL per line; skips blank lines and comments. */
record PlainSyntax(Source source, EntryParser parser) implements LineList.Syntax {
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
}
