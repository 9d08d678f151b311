package fetch.resume;

import fetch.BadLine;
import fetch.FailureKind;
import fetch.FetchResult;
import fetch.input.ListedEntry;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the fingerprint that the record of an entry would have: of input, method and meta, as
 * far as the records have these columns. For one thread.
 */
final class EntryFingerprints {
  private static final byte[] NO_META = "{}".getBytes(StandardCharsets.US_ASCII);

  private final OutputFormat format;
  private final String method;
  private final byte[] methodBytes;
  private final List<Column> columns;
  private final boolean plain;
  private final RecordLayout layout;
  private final ParsedRecord found;

  /**
   * @param fields of the records; null for the default
   * @param method the default request method
   * @param getForHead whether GET may stand in for HEAD in records
   */
  EntryFingerprints(
      OutputFormat format,
      @Nullable List<? extends Column> fields,
      String method,
      boolean getForHead) {
    this.format = format;
    this.method = method;
    this.methodBytes = method.getBytes(StandardCharsets.UTF_8);
    this.columns = columns(format, fields);
    this.plain =
        format != OutputFormat.SAFE_CSV
            && (fields == null || columns.stream().noneMatch(MetaColumn.class::isInstance));
    this.layout = RecordLayout.of(format, columns);
    this.found = new ParsedRecord(getForHead);
  }

  private static List<Column> columns(
      OutputFormat format, @Nullable List<? extends Column> fields) {
    List<Column> columns = new ArrayList<>();
    for (Column column : fields == null ? format.usual() : fields) {
      if (isOfList(column)) {
        columns.add(column);
      }
    }
    if (fields == null && format == OutputFormat.JSONL) {
      columns.add(MetaColumn.WHOLE);
    }
    return columns;
  }

  /** Whether the value of a column comes from the list. */
  static boolean isOfList(Column column) {
    return column == Field.INPUT || column == Field.METHOD || column instanceof MetaColumn;
  }

  /** The labels of an entry's parts in messages, in the order of {@link #texts}. */
  List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (Column column : columns) {
      boolean within = format == OutputFormat.JSONL && column instanceof MetaColumn;
      String label = within ? MetaColumn.WHOLE.label() : column.label();
      if (!labels.contains(label)) {
        labels.add(label);
      }
    }
    return labels;
  }

  /** The fingerprint of an entry. */
  long of(ListedEntry entry) {
    if (plain && isUsual(entry) && isPlain(entry.input())) {
      return ofText(entry.input());
    }
    read(entry);
    return found.fingerprint();
  }

  /** A fast path: most entries have only a text that no format escapes. */
  private long ofText(String input) {
    found.clear();
    for (Column column : columns) {
      if (column == Field.INPUT) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        found.take(bytes, 0, bytes.length);
      } else if (column == Field.METHOD) {
        found.take(methodBytes, 0, methodBytes.length);
      } else {
        found.take(NO_META, 0, NO_META.length);
      }
    }
    return found.fingerprint();
  }

  private static boolean isUsual(ListedEntry entry) {
    return entry.method() == null && !entry.sends() && entry.meta() == null;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The parts of an entry, as in its record. */
  List<String> texts(ListedEntry entry) {
    found.keepTexts();
    read(entry);
    return found.texts();
  }

  private void read(ListedEntry entry) {
    BadLine line = new BadLine(0, entry.input(), FailureKind.INVALID_URL, "", entry.meta());
    byte[] bytes =
        format.record(columns, new FetchResult(line, entry.method(method), null, null, 0, 0));
    layout.read(bytes, 0, bytes.length, found);
  }
}
