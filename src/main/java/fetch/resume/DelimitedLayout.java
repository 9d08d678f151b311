package fetch.resume;

import fetch.output.Column;
import fetch.output.Field;
import java.util.List;

/**
 * Reads records in columns: CSV (RFC 4180) with quotes, or TSV with backslash escapes. Works on
 * bytes without allocation, and detects records that are incomplete. Splitting rows as text, as
 * {@code fetch.results} does, takes 1.1 s for a million records instead of 0.5 s.
 */
final class DelimitedLayout implements RecordLayout {
  private final Column[] fields;
  private final byte separator;
  private final boolean quotes;

  DelimitedLayout(List<? extends Column> fields, char separator, boolean quotes) {
    this.fields = fields.toArray(Column[]::new);
    this.separator = (byte) separator;
    this.quotes = quotes;
  }

  @Override
  public int read(byte[] bytes, int from, int to, ParsedRecord found) {
    found.clear();
    int at = from;
    for (int column = 0; column < fields.length; column++) {
      int end =
          quotes && at < to && bytes[at] == '"' ? quoted(bytes, at, to) : plain(bytes, at, to);
      if (end < 0 || end == to) {
        return end < 0 ? BROKEN : INCOMPLETE;
      }
      boolean last = column == fields.length - 1;
      if (bytes[end] != (last ? '\n' : separator) || !take(fields[column], bytes, at, end, found)) {
        return BROKEN;
      }
      at = end + 1;
    }
    return at;
  }

  /** A weak check, because the header has identified the file. */
  @Override
  public boolean mayBegin(byte[] bytes, int from, int to) {
    return from == to || fields[0] != Field.URLNUM || Character.isDigit(bytes[from]);
  }

  /** The end of an unquoted column. */
  private int plain(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == separator || b == '\n') {
        return i;
      }
      if (quotes && b == '"') {
        return BROKEN;
      }
    }
    return to;
  }

  /** The end of a quoted column, after the closing quote. */
  private static int quoted(byte[] bytes, int from, int to) {
    int i = RecordLayout.find((byte) '"', bytes, from + 1, to);
    while (i + 1 < to && bytes[i + 1] == '"') {
      i = RecordLayout.find((byte) '"', bytes, i + 2, to);
    }
    return Math.min(i + 1, to);
  }

  private boolean take(Column field, byte[] bytes, int from, int to, ParsedRecord found) {
    if (field == Field.URLNUM) {
      found.urlnum = RecordLayout.number(bytes, from, to);
      return found.urlnum >= 0;
    }
    if (EntryFingerprints.isOfList(field)) {
      boolean taken =
          quotes ? takeQuoted(bytes, from, to, found) : takeEscaped(bytes, from, to, found);
      return taken && (field != Field.INPUT || from < to);
    }
    if (field == Field.OK) {
      found.ok = RecordLayout.is("true", bytes, from, to);
      return found.ok || RecordLayout.is("false", bytes, from, to);
    }
    takeOutcome(field, bytes, from, to, found);
    return true;
  }

  private static void takeOutcome(
      Column field, byte[] bytes, int from, int to, ParsedRecord found) {
    if (field == Field.ERROR) {
      found.takeError(bytes, from, to);
    } else if (field == Field.RESPONSE_CODE) {
      found.status = RecordLayout.number(bytes, from, to);
    } else if (field == Field.EXITCODE) {
      found.exitcode = RecordLayout.number(bytes, from, to);
    } else if (field == Field.DUPLICATE_OF) {
      found.duplicateOf = RecordLayout.number(bytes, from, to);
    }
  }

  private static boolean takeQuoted(byte[] bytes, int from, int to, ParsedRecord found) {
    if (from == to || bytes[from] != '"') {
      found.take(bytes, from, to);
      return true;
    }
    found.begin();
    for (int i = from + 1; i < to - 1; i++) {
      found.add(bytes[i]);
      i += bytes[i] == '"' ? 1 : 0;
    }
    found.end();
    return true;
  }

  private static boolean takeEscaped(byte[] bytes, int from, int to, ParsedRecord found) {
    if (RecordLayout.find((byte) '\\', bytes, from, to) == to) {
      found.take(bytes, from, to);
      return true;
    }
    found.begin();
    int i = from;
    while (i < to && i >= 0) {
      if (bytes[i] == '\\') {
        i = readEscape(bytes, i + 1, to, found);
      } else {
        found.add(bytes[i++]);
      }
    }
    found.end();
    return i == to;
  }

  /** Reads an escape after its backslash; returns its end, or -1 if it is invalid. */
  private static int readEscape(byte[] bytes, int from, int to, ParsedRecord found) {
    int plain = from < to ? "\\tnr".indexOf(bytes[from]) : -1;
    if (plain >= 0) {
      found.add("\\\t\n\r".charAt(plain));
      return from + 1;
    }
    boolean isHex = from < to && (bytes[from] == 'x' || bytes[from] == 'u');
    int digits = isHex && bytes[from] == 'x' ? 2 : 4;
    int value = isHex ? RecordLayout.hex(bytes, from + 1, digits, to) : -1;
    if (value < 0) {
      return -1;
    }
    found.addCharacter(value);
    return from + 1 + digits;
  }
}
