package fetch.spark;

import fetch.FetchResult;
import fetch.input.JsonObjects;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OutputFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Writes and reads chunks as JSON lines. */
final class JsonlRecords {
  private static final List<String> FIGURES =
      Stream.of(
              Field.OK,
              Field.ERROR,
              Field.NUM_RETRIES,
              Field.SIZE_DELIVERED,
              Field.TIME_START,
              Field.TIME_TOTAL)
          .map(Field::label)
          .toList();

  private JsonlRecords() {}

  static void write(List<FetchResult> results, List<Column> columns, Path file) throws IOException {
    List<Column> others =
        columns.stream().filter(column -> !column.equals(MetaColumn.WHOLE)).toList();
    List<Column> chosen = others.equals(OutputFormat.JSONL.usual()) ? null : columns;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (FetchResult result : results) {
        out.write(OutputFormat.JSONL.record(chosen, result));
      }
    }
  }

  static void readCommitted(
      org.apache.hadoop.fs.Path file,
      Configuration hadoop,
      boolean archived,
      ChunkFormat.Committed committed)
      throws IOException {
    List<String> labels =
        archived
            ? List.of(Field.URLNUM.label(), Field.FILENAME_EFFECTIVE.label())
            : List.of(Field.URLNUM.label());
    @Nullable String[] values = new String[labels.size()];
    try (JsonObjects records = new JsonObjects(file.getFileSystem(hadoop).open(file), labels)) {
      while (records.next(values)) {
        if (values[0] == null) {
          throw new IOException(file + ": line " + records.line() + " has no urlnum");
        }
        committed.take(Long.parseLong(values[0]), archived ? values[1] : null);
      }
    }
  }

  static void readFigures(
      org.apache.hadoop.fs.Path file, Configuration hadoop, Consumer<RecordFigures> figures)
      throws IOException {
    @Nullable String[] values = new String[FIGURES.size()];
    try (JsonObjects records = new JsonObjects(file.getFileSystem(hadoop).open(file), FIGURES)) {
      while (records.next(values)) {
        boolean requested = values[4] != null && values[5] != null;
        figures.accept(
            new RecordFigures(
                Boolean.parseBoolean(values[0]),
                values[1],
                values[2] == null ? 0 : Long.parseLong(values[2]),
                values[3] == null ? 0 : Long.parseLong(values[3]),
                requested ? Double.parseDouble(values[5]) : Double.NaN));
      }
    }
  }
}
