package fetch.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What lists look like. */
public enum InputFormat {
  /** What the name of the list says. */
  AUTO((in, source, parser, column) -> byName(source).open(in, source, parser, column)),
  /** One URL a line. */
  LINES((in, source, parser, column) -> new PlainList(in, source, parser)),
  /** RFC 4180. */
  CSV((in, source, parser, column) -> new TableList(in, ',', column, source, parser)),
  /** As CSV, with tabs for commas. */
  TSV((in, source, parser, column) -> new TableList(in, '\t', column, source, parser)),
  /** One JSON object (RFC 8259) a line. */
  JSONL((in, source, parser, column) -> new JsonList(in, column, source, parser));

  /** Begins to read. */
  interface Factory {
    /**
     * Opens a list.
     *
     * @param column which column has the URLs, by name or from 1; null for the usual one
     */
    ListReader open(InputStream in, Source source, EntryParser parser, @Nullable String column)
        throws IOException;
  }

  private final Factory factory;

  InputFormat(Factory factory) {
    this.factory = factory;
  }

  ListReader open(InputStream in, Source source, EntryParser parser, @Nullable String column)
      throws IOException {
    return factory.open(in, source, parser, column);
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
