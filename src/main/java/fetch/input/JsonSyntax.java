package fetch.input;

import fetch.Entry;
import fetch.input.JsonRows.OptionKeys;

/**
 * Parses one JSON object per line. JSON has no comments: all lines but blank ones are entries, so
 * that counting lines counts records.
 */
record JsonSyntax(JsonRows rows, Source source, EntryParser parser) implements LineList.Syntax {
  static JsonSyntax of(ListFormat format, Source source, EntryParser parser) {
    String key = format.urlColumn();
    OptionKeys options = format.entryOptions() ? OptionKeys.OBEYED : OptionKeys.IGNORED;
    JsonRows rows = new JsonRows(key == null ? "url" : key, options, format.template());
    return new JsonSyntax(rows, source, parser);
  }

  @Override
  public long position(Line line) {
    return DividedLine.position(line.text());
  }

  @Override
  public boolean isEntry(Line line) {
    return !line.text().isEmpty();
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    return parser.parse(urlnum, line, source, rows.read(line));
  }
}
