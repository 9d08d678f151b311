package fetch.results;

import fetch.Meta;
import fetch.Quantity;
import fetch.input.JsonText;
import fetch.output.MetaColumn;
import fetch.output.OutputFormat;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The result of reading a file of results for the first time.
 *
 * @param records the number of records
 * @param ascending whether they are in order of position
 * @param torn the length of an incomplete record at the end
 * @param labels the fields that any record has, if requested
 */
record ResultsScan(
    ResultsFile file, long records, boolean ascending, int torn, Set<String> labels) {
  /** With more names than this, a table has one column for all columns of the list. */
  private static final int MOST_NAMES = 256;

  /**
   * Reads a file.
   *
   * @param findLabels whether to collect the fields of JSON objects
   */
  static ResultsScan of(ResultsFile file, boolean findLabels) throws IOException {
    Set<String> labels = new LinkedHashSet<>(file.labels());
    long records = 0;
    long last = -1;
    boolean ascending = true;
    try (RecordLines lines = file.lines()) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        try {
          long position = file.position(line);
          ascending &= position >= last;
          last = position;
          records++;
          if (findLabels && file.format() == OutputFormat.JSONL) {
            add(file.fields(line), labels);
          }
        } catch (IOException e) {
          throw damaged(file, lines.number(), e);
        }
      }
      return new ResultsScan(file, records, ascending, lines.torn(), labels);
    }
  }

  /** The complaint about a line that is not a record. */
  static IOException damaged(ResultsFile file, long line, IOException e) {
    return new IOException(
        file.path() + ": line " + line + " is not a record of fetch: " + e.getMessage(), e);
  }

  /** The sentence about an incomplete record. */
  static String tornEnd(ResultsFile file, int bytes) {
    return file.path()
        + ": left out an incomplete record of "
        + Quantity.of(bytes, "byte")
        + " at its end";
  }

  private static void add(Meta record, Set<String> labels) throws IOException {
    String whole = MetaColumn.WHOLE.label();
    for (int i = 0; i < record.names().size(); i++) {
      String label = record.names().get(i);
      if (label.equals(whole) && record.values().get(i) instanceof Meta.Value.Json(String meta)) {
        addNames(JsonText.object(meta).names(), labels);
      } else {
        labels.add(label);
      }
    }
  }

  private static void addNames(List<String> names, Set<String> labels) {
    String whole = MetaColumn.WHOLE.label();
    if (labels.contains(whole)) {
      return;
    }
    names.forEach(name -> labels.add(MetaColumn.PREFIX + name));
    if (labels.stream().filter(label -> label.startsWith(MetaColumn.PREFIX)).count() > MOST_NAMES) {
      labels.removeIf(label -> label.startsWith(MetaColumn.PREFIX));
      labels.add(whole);
    }
  }
}
