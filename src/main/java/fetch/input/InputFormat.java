package fetch.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** What lists look like. */
public enum InputFormat {
  /** What the name of the list says. */
  AUTO((in, source, parser, list) -> byName(source).open(in, source, parser, list)),
  /** One URL a line. */
  LINES((in, source, parser, _) -> new LineList(in, new PlainSyntax(source, parser))),
  /** RFC 4180. */
  CSV((in, source, parser, list) -> new TableList(in, ',', list.urlColumn(), source, parser)),
  /** As CSV, with tabs for commas. */
  TSV((in, source, parser, list) -> new TableList(in, '\t', list.urlColumn(), source, parser)),
  /** One JSON object (RFC 8259) a line. */
  JSONL((in, source, parser, list) -> new LineList(in, JsonSyntax.of(list, source, parser)));

  /** Begins to read. */
  interface Factory {
    /** Opens a list. */
    ListReader open(InputStream in, Source source, EntryParser parser, ListFormat list)
        throws IOException;
  }

  private final Factory factory;

  InputFormat(Factory factory) {
    this.factory = factory;
  }

  ListReader open(InputStream in, Source source, EntryParser parser, ListFormat list)
      throws IOException {
    return factory.open(in, source, parser, list);
  }

  static InputFormat byName(Source source) {
    return switch (source) {
      case Source.ListFile file -> byName(file.path().toString().toLowerCase(Locale.ROOT));
      case Source.StandardInput _, Source.BareUrl _ -> LINES;
    };
  }

  private static InputFormat byName(String name) {
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (plain.endsWith(".csv")) {
      return CSV;
    }
    if (plain.endsWith(".tsv") || plain.endsWith(".tab")) {
      return TSV;
    }
    return plain.endsWith(".jsonl") || plain.endsWith(".ndjson") ? JSONL : LINES;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
