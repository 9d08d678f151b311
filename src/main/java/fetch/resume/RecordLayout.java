package fetch.resume;

import fetch.output.Column;
import fetch.output.OutputFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the records of a format, as fetch writes them. */
interface RecordLayout {
  /** The record does not end within these bytes. */
  int INCOMPLETE = -1;

  /** This is not a record with these fields. */
  int BROKEN = -2;

  /**
   * Reads the record that begins at {@code from}.
   *
   * @return its end after the line end; or {@link #INCOMPLETE} or {@link #BROKEN}
   */
  int read(byte[] bytes, int from, int to, ParsedRecord found);

  /** Whether the bytes may be the beginning of a record. */
  boolean mayBegin(byte[] bytes, int from, int to);

  /**
   * The layout of records with these fields.
   *
   * @param chosen null for the format's default
   */
  static RecordLayout of(OutputFormat format, @Nullable List<? extends Column> chosen) {
    List<? extends Column> all = chosen == null ? format.usual() : chosen;
    return switch (format) {
      case JSONL -> new JsonLayout(all, chosen == null);
      case CSV, SAFE_CSV -> new DelimitedLayout(all, ',', true);
      case TSV -> new DelimitedLayout(all, '\t', false);
      case TEXT -> throw new IllegalArgumentException("the text format cannot be read back");
    };
  }

  /** The position of the first such byte; {@code to} if there is none. */
  static int find(byte wanted, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** The value of hexadecimal digits; -1 if there are fewer. */
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

  /** An integer of up to 18 digits; -1 for anything else. */
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

  /** Whether these bytes equal this ASCII text. */
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
