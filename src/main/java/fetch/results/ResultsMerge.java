package fetch.results;

import fetch.FetchResult;
import fetch.Quantity;
import fetch.input.TargetParser;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OptionalField;
import fetch.output.OutputFormat;
import fetch.output.RecordWriter;
import fetch.results.RecordCursor.Item;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges the results of several runs over shards of a list, or over the same list, in input order.
 * Reads each file twice, in bounded memory; sorts files that are not in order into temporary files.
 * For one thread.
 */
public final class ResultsMerge {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final char LINE_END = '\n';

  private final List<ResultsFile> files = new ArrayList<>();
  private final List<ResultsScan> scans = new ArrayList<>();
  private final TargetParser urls;
  private final OutputFormat format;
  private final @Nullable List<Column> fields;
  private @Nullable BestRecords merged;

  /**
   * Reads the files for the first time.
   *
   * @param format to write; null for that of the files, or jsonl if they differ
   * @param fields to write; null for those of the files
   * @param urls finds the hosts of URLs
   */
  public ResultsMerge(
      List<Path> paths,
      @Nullable OutputFormat format,
      @Nullable List<Column> fields,
      TargetParser urls)
      throws IOException {
    this.urls = urls;
    this.fields = fields;
    for (Path path : paths) {
      files.add(ResultsFile.of(path));
    }
    Set<OutputFormat> formats = formats();
    OutputFormat usual = formats.size() == 1 ? formats.iterator().next() : OutputFormat.JSONL;
    this.format = format == null ? usual : format;
    boolean findLabels = !isCopied();
    for (ResultsFile file : files) {
      scans.add(ResultsScan.of(file, findLabels));
    }
  }

  private Set<OutputFormat> formats() {
    Set<OutputFormat> formats = new LinkedHashSet<>();
    for (ResultsFile file : files) {
      if (file.format() != null) {
        formats.add(file.format());
      }
    }
    return formats;
  }

  /** Whether records are copied unchanged. */
  private boolean isCopied() {
    return fields == null
        && format != OutputFormat.TEXT
        && formats().stream().allMatch(format::equals)
        && headers().size() <= 1;
  }

  private Set<String> headers() {
    Set<String> headers = new LinkedHashSet<>();
    for (ResultsFile file : files) {
      if (file.format() != null) {
        headers.add(file.header());
      }
    }
    return headers;
  }

  /** One sentence about each file that ends in an incomplete record. */
  public List<String> tornEnds() {
    List<String> torn = new ArrayList<>();
    for (ResultsScan scan : scans) {
      if (scan.torn() > 0) {
        torn.add(ResultsScan.tornEnd(scan.file(), scan.torn()));
      }
    }
    return torn;
  }

  /** Whether all files have the errors of entries, so that results can be added up. */
  public boolean hasErrors() {
    return files.stream()
        .allMatch(file -> file.labels().isEmpty() || file.labels().contains(Field.ERROR.label()));
  }

  /**
   * Writes all records.
   *
   * @param temporary gives the names of temporary files
   * @param totals receives the written results; null if nothing is added up
   */
  public void writeTo(OutputStream stream, Supplier<Path> temporary, @Nullable ResultTotals totals)
      throws IOException {
    BufferedOutputStream out = new BufferedOutputStream(stream, BUFFER_BYTES);
    try (MergedRecords records = MergedRecords.of(scans, temporary)) {
      BestRecords each = new BestRecords(records, files);
      merged = each;
      if (isCopied()) {
        copy(each, out, totals);
      } else {
        convert(each, out, totals);
      }
    }
    out.flush();
  }

  private void copy(BestRecords each, OutputStream out, @Nullable ResultTotals totals)
      throws IOException {
    for (String header : headers()) {
      if (!header.isEmpty()) {
        out.write((header + LINE_END).getBytes(StandardCharsets.UTF_8));
      }
    }
    for (Item record = each.next(); record != null; record = each.next()) {
      out.write(record.text());
      out.write(LINE_END);
      FetchResult result =
          result(record); // even if nothing is added up, as the record may be damaged
      if (totals != null) {
        totals.add(result);
      }
    }
  }

  private void convert(BestRecords each, OutputStream out, @Nullable ResultTotals totals)
      throws IOException {
    RecordWriter writer = new RecordWriter(format, columns(), out);
    for (Item record = each.next(); record != null; record = each.next()) {
      FetchResult result = result(record);
      writer.write(result);
      if (totals != null) {
        totals.add(result);
      }
    }
  }

  private FetchResult result(Item record) throws IOException {
    ResultsFile file = files.get(record.file());
    try {
      return RecordedResult.of(file.fields(record.text()), urls);
    } catch (IOException e) {
      throw new IOException(
          file.path()
              + ": entry "
              + record.position()
              + " is not a record of fetch: "
              + e.getMessage(),
          e);
    }
  }

  /** The columns to write; null for the default ones of the format. */
  private @Nullable List<Column> columns() throws IOException {
    if (fields != null || format == OutputFormat.TEXT) {
      return fields;
    }
    Set<Column> found = new LinkedHashSet<>();
    for (ResultsScan scan : scans) {
      for (String label : scan.labels()) {
        Column column = ResultsFile.column(label);
        if (column == null) {
          throw new IOException(
              scan.file().path() + " has a field that fetch does not have: " + label);
        }
        found.add(column);
      }
    }
    List<Column> columns = new ArrayList<>();
    for (Field field : Field.values()) {
      if (found.contains(field)) {
        columns.add(isOptional(field) ? new OptionalField(field) : field);
      }
    }
    columns.addAll(metaColumns(found));
    return columns;
  }

  /** Whether JSON objects have this field only if it has a value, as in a run's own output. */
  private boolean isOptional(Field field) {
    OptionalField optional = new OptionalField(field);
    return format == OutputFormat.JSONL
        && (OptionalField.ALL.contains(optional) || OptionalField.OF_BODY.contains(optional));
  }

  /** The first field to write that no record has; null if there is none. */
  public @Nullable String unknownField() {
    for (Column column : fields == null ? List.<Column>of() : fields) {
      boolean known =
          column instanceof MetaColumn
              || (format == OutputFormat.JSONL && isOptional(column))
              || scans.stream().anyMatch(scan -> scan.labels().contains(column.label()));
      if (!known && scans.stream().anyMatch(scan -> scan.records() > 0)) {
        return column.label();
      }
    }
    return null;
  }

  private boolean isOptional(Column column) {
    return column instanceof Field field && isOptional(field);
  }

  private static List<Column> metaColumns(Set<Column> found) {
    if (found.contains(MetaColumn.WHOLE)) {
      return List.of(MetaColumn.WHOLE);
    }
    return found.stream().filter(MetaColumn.class::isInstance).toList();
  }

  /** The number of entries with a record. */
  public long records() {
    return merged == null ? 0 : merged.count();
  }

  /**
   * One sentence for each fault of the written records.
   *
   * @param entries the expected number of entries; negative if unknown
   */
  public List<String> faults(long entries) {
    List<String> faults = new ArrayList<>();
    if (merged == null) {
      return faults;
    }
    MissingPositions gaps = merged.gaps();
    if (entries >= 0 && gaps.end() > entries) {
      faults.add(
          "entry "
              + (gaps.end() - 1)
              + " has a record, but the list has "
              + Quantity.of(entries, "entry")
              + " only");
    }
    gaps.upTo(entries);
    if (gaps.missing() > 0) {
      faults.add(Quantity.having(gaps.missing(), "entry") + " no record: " + gaps.shown());
    }
    if (merged.several() > 0) {
      faults.add(
          Quantity.having(merged.several(), "entry")
              + " several records that are ok, of which the last one was taken: "
              + merged.doubles());
    }
    return faults;
  }

  /** How many entries have discarded records of failures. */
  public long replaced() {
    return merged == null ? 0 : merged.replaced();
  }
}
