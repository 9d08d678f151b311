package fetch.output;

import fetch.FetchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The formats of records by name. */
public enum OutputFormat {
  /** {@code STATUS BYTES SECONDS URL}, and the error of failures. */
  TEXT((fields, look) ->
      fields == null
          ? new TextFormat(look)
          : new DelimitedFormat(fields, new DelimitedFormat.Plain())),
  /** One JSON object per line. */
  JSONL((fields, _) -> new JsonLines(fields)),
  /** RFC 4180 with a header line, and LF at the end of each line. */
  CSV((fields, _) -> new DelimitedFormat(orAll(fields), new DelimitedFormat.Csv(false))),
  /** CSV that is safe to open in a spreadsheet. Not selectable by name. */
  SAFE_CSV((fields, _) -> new DelimitedFormat(orAll(fields), new DelimitedFormat.Csv(true))),
  /** Tab-separated with a header line; tabs, line ends and backslashes are escaped. */
  TSV((fields, _) -> new DelimitedFormat(orAll(fields), new DelimitedFormat.Tsv()));

  private final BiFunction<@Nullable List<? extends Column>, TextStyle, RecordFormat> factory;

  OutputFormat(BiFunction<@Nullable List<? extends Column>, TextStyle, RecordFormat> factory) {
    this.factory = factory;
  }

  /** The format for these fields, in the documented form. */
  RecordFormat create(@Nullable List<? extends Column> fields) {
    return create(fields, TextStyle.PLAIN);
  }

  /**
   * The format for these fields; null for the default ones.
   *
   * @param look of text; formats for programs ignore it
   */
  RecordFormat create(@Nullable List<? extends Column> fields, TextStyle look) {
    return factory.apply(fields, look);
  }

  /** The header of a file of records; empty in some formats. */
  public byte[] header(@Nullable List<? extends Column> fields) {
    ByteBuilder header = new ByteBuilder(0);
    create(fields).begin(header);
    return header.toBytes();
  }

  /**
   * One record, with its line end.
   *
   * @param fields null for the default ones of the format
   */
  public byte[] record(@Nullable List<? extends Column> fields, FetchResult result) {
    ByteBuilder record = new ByteBuilder(128);
    create(fields).encode(result, record);
    return record.toBytes();
  }

  /** The default columns, without those of the list. */
  public List<Column> usual() {
    List<Column> columns = new ArrayList<>(Field.all());
    if (this == JSONL) {
      columns.addAll(OptionalField.ALL);
    }
    return columns;
  }

  private static List<? extends Column> orAll(@Nullable List<? extends Column> fields) {
    return fields == null ? Field.all() : fields;
  }

  /** Whether all records have the same columns, which must then be known in advance. */
  public boolean isTable() {
    return switch (this) {
      case CSV, SAFE_CSV, TSV -> true;
      case TEXT, JSONL -> false;
    };
  }

  /** Whether records may contain quoted line ends. */
  boolean hasQuotes() {
    return switch (this) {
      case CSV, SAFE_CSV -> true;
      case TEXT, JSONL, TSV -> false;
    };
  }

  @Override
  public String toString() {
    return this == SAFE_CSV ? CSV.toString() : name().toLowerCase(Locale.ROOT);
  }
}
