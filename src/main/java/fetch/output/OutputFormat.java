package fetch.output;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The formats of records by name. */
public enum OutputFormat {
  /** {@code STATUS BYTES SECONDS URL}, and the error of a failed one. */
  TEXT(fields -> fields == null ? new TextFormat() : new Columns(fields, new Columns.Plain())),
  /** One JSON object a line. */
  JSONL(fields -> new JsonLines(orAll(fields))),
  /** RFC 4180 with a header line, and LF at the end of each line. */
  CSV(fields -> new Columns(orAll(fields), new Columns.Csv())),
  /** Tab-separated with a header line; tabs, line ends and backslashes are escaped. */
  TSV(fields -> new Columns(orAll(fields), new Columns.Tsv()));

  private final Function<@Nullable List<Field>, RecordFormat> factory;

  OutputFormat(Function<@Nullable List<Field>, RecordFormat> factory) {
    this.factory = factory;
  }

  /** The format for these fields; null for its usual ones. */
  RecordFormat create(@Nullable List<Field> fields) {
    return factory.apply(fields);
  }

  private static List<Field> orAll(@Nullable List<Field> fields) {
    return fields == null ? Field.all() : fields;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
