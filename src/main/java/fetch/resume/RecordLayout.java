package fetch.resume;

import fetch.output.Column;
import fetch.output.OutputFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a format lays out records, as far as it takes to read again what fetch wrote. */
interface RecordLayout {
  /** The record does not end within the bytes. */
  int INCOMPLETE = -1;

  /** That is no record of these fields. */
  int BROKEN = -2;

  /**
   * Reads the record that begins at {@code from}.
   *
   * @return where it ends, line end included; or {@link #INCOMPLETE} or {@link #BROKEN}
   */
  int read(byte[] bytes, int from, int to, ParsedRecord found);

  /** Whether the bytes look like the beginning of a record, however few of them there are. */
  boolean mayBegin(byte[] bytes, int from, int to);

  /**
   * The layout of records with these fields.
   *
   * @param chosen null for the usual ones of the format
   */
  static RecordLayout of(OutputFormat format, @Nullable List<? extends Column> chosen) {
    List<? extends Column> all = chosen == null ? format.usual() : chosen;
    return switch (format) {
      case JSONL -> new JsonLayout(all, chosen == null);
      case CSV, SAFE_CSV -> new ColumnsLayout(all, ',', true);
      case TSV -> new ColumnsLayout(all, '\t', false);
      case TEXT -> throw new IllegalArgumentException("the text format cannot be read back");
    };
  }

  /** Where the first such byte is; {@code to} when there is none. */
  static int find(byte wanted, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** The value of hexadecimal digits, -1 when so many are not there. */
  static int hex(byte[] bytes, int from, int digits, int to) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < to ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** A whole number of up to 18 digits, -1 for anything else. */
  static long number(byte[] bytes, int from, int to) {
    if (from == to || to - from > 18) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** Whether these bytes are just this ASCII text. */
  static boolean is(String text, byte[] bytes, int from, int to) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
