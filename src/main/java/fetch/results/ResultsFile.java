package fetch.results;

import fetch.Meta;
import fetch.Quantity;
import fetch.input.JsonText;
import fetch.input.ListStream;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OutputFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of results, which may be gzip-compressed. Its first line shows the format of its records.
 *
 * @param format jsonl, csv or tsv; null for a file without records, which may be of any format
 * @param header of a table; empty for jsonl
 * @param labels of the columns of a table; empty for jsonl
 */
record ResultsFile(Path path, @Nullable OutputFormat format, String header, List<String> labels) {
  private static final byte[] JSON_START = "{\"urlnum\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTHING = {};
  private static final int MOST_DIGITS = 18;

  private static final String NOT_RESULTS =
      " does not have results as jsonl, csv or tsv with the names that fetch gives to fields";

  /** Reads the first line. */
  static ResultsFile of(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(
          path + (Files.exists(path) ? " is not a regular file" : ": no such file or directory"));
    }
    try (RecordLines lines = new RecordLines(open(path))) {
      byte[] first = lines.next();
      if (first == null) {
        return new ResultsFile(path, null, "", List.of());
      }
      String line = new String(first, StandardCharsets.UTF_8);
      return line.startsWith("{")
          ? new ResultsFile(path, OutputFormat.JSONL, "", List.of())
          : table(path, line);
    }
  }

  private static ResultsFile table(Path path, String line) throws IOException {
    boolean tabs = line.indexOf('\t') >= 0;
    List<String> labels = new ArrayList<>();
    for (String label : RowSplitter.cells(line, tabs ? '\t' : ',')) {
      labels.add(String.valueOf(label));
    }
    for (String label : labels) {
      if (column(label) == null) {
        throw new IOException(path + NOT_RESULTS);
      }
    }
    return new ResultsFile(path, tabs ? OutputFormat.TSV : OutputFormat.CSV, line, labels);
  }

  /** The column with this label; null if fetch has no such column. */
  static @Nullable Column column(String label) {
    if (label.equals(MetaColumn.WHOLE.label())) {
      return MetaColumn.WHOLE;
    }
    if (label.startsWith(MetaColumn.PREFIX)) {
      return new MetaColumn(label.substring(MetaColumn.PREFIX.length()));
    }
    return Field.find(label);
  }

  /** The lines of records, after the header. */
  RecordLines lines() throws IOException {
    RecordLines lines = new RecordLines(open(path));
    if (!header.isEmpty()) {
      byte[] _ = lines.next();
    }
    return lines;
  }

  private static InputStream open(Path path) throws IOException {
    try {
      return ListStream.open(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
    } catch (IOException e) {
      throw e instanceof FileSystemException ? e : new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /**
   * The fields of a record, by their labels.
   *
   * @throws IOException with the reason, if it is not a record of this file's format
   */
  Meta fields(byte[] record) throws IOException {
    String text = new String(record, StandardCharsets.UTF_8);
    if (format == null || format == OutputFormat.JSONL) {
      return JsonText.object(text);
    }
    List<Meta.Value> values = new ArrayList<>(labels.size());
    for (String cell : RowSplitter.cells(text, format == OutputFormat.TSV ? '\t' : ',')) {
      values.add(new Meta.Value.Text(cell));
    }
    if (values.size() != labels.size()) {
      throw new IOException(
          "it has " + Quantity.of(values.size(), "field") + " instead of " + labels.size());
    }
    return new Meta(labels, values);
  }

  /** The position of a record; fast if it is the first field. */
  long position(byte[] record) throws IOException {
    byte[] before = format == OutputFormat.JSONL ? JSON_START : NOTHING;
    boolean first = format == OutputFormat.JSONL || labels.getFirst().equals("urlnum");
    int at = before.length;
    if (first && startsWith(before, record)) {
      long position = 0;
      while (at < record.length && record[at] >= '0' && record[at] <= '9') {
        position = 10 * position + record[at++] - '0';
      }
      int digits = at - before.length;
      if (digits > 0 && digits <= MOST_DIGITS && at < record.length && isEnd(record[at])) {
        return position;
      }
    }
    return RecordedResult.position(fields(record));
  }

  private static boolean startsWith(byte[] start, byte[] bytes) {
    return bytes.length >= start.length
        && Arrays.equals(start, 0, start.length, bytes, 0, start.length);
  }

  private static boolean isEnd(byte b) {
    return b == ',' || b == '}' || b == '\t';
  }
}
