package fetch.resume;

import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OptionalField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects (RFC 8259), one per line, with exactly these members in this order and no
 * white space. Jackson's streaming parser takes 1.36 s for a million records instead of 0.73 s,
 * which adds more than half to a resumed run that has nothing left to do (1.08 s).
 */
final class JsonLayout implements RecordLayout {
  /** The value of an empty meta. */
  private static final byte[] NO_META = "{}".getBytes(StandardCharsets.US_ASCII);

  private final Column[] fields;

  /** The text before each value. */
  private final byte[][] labels;

  /** The text before meta; null if meta is not the last member. */
  private final byte @Nullable [] meta;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /**
   * @param usual whether meta may follow, as in the default fields
   */
  JsonLayout(List<? extends Column> chosen, boolean usual) {
    List<Column> members = new ArrayList<>();
    for (Column column : chosen) {
      switch (column) {
        case Field _, OptionalField _ -> members.add(column);
        case MetaColumn _ when members.contains(MetaColumn.WHOLE) -> {}
        case MetaColumn _ -> members.add(MetaColumn.WHOLE);
      }
    }
    this.fields = members.toArray(Column[]::new);
    this.labels = new byte[fields.length][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(i == 0 ? '{' : ',', fields[i]);
    }
    this.meta = usual ? label(',', MetaColumn.WHOLE) : null;
  }

  private static byte[] label(char before, Column column) {
    return (before + "\"" + column.label() + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int read(byte[] source, int from, int to, ParsedRecord found) {
    int newline = RecordLayout.find((byte) '\n', source, from, to);
    if (newline == to) {
      return INCOMPLETE;
    }
    bytes = source;
    at = from;
    end = newline;
    found.clear();
    for (int i = 0; i < fields.length; i++) {
      boolean wanted = !(fields[i] instanceof OptionalField) || isNext(labels[i]);
      if (wanted && !(skip(labels[i]) && readValue(fields[i], found))) {
        return BROKEN;
      }
    }
    if (meta != null && !takeMeta(meta, found)) {
      return BROKEN;
    }
    boolean whole = at == end - 1 && bytes[at] == '}';
    return whole ? newline + 1 : BROKEN;
  }

  @Override
  public boolean mayBegin(byte[] source, int from, int to) {
    int length = Math.min(labels[0].length, to - from);
    return Arrays.equals(source, from, from + length, labels[0], 0, length);
  }

  private boolean takeMeta(byte[] label, ParsedRecord found) {
    if (bytes[at] != ',') {
      found.take(NO_META, 0, NO_META.length);
      return true;
    }
    return skip(label) && takeObject(found);
  }

  private boolean takeObject(ParsedRecord found) {
    int from = at;
    boolean there = skipObject();
    if (there) {
      found.take(bytes, from, at);
    }
    return there;
  }

  private boolean skip(byte[] label) {
    boolean there = isNext(label);
    at += label.length;
    return there;
  }

  private boolean isNext(byte[] label) {
    int after = at + label.length;
    return after < end && Arrays.equals(label, 0, label.length, bytes, at, after);
  }

  private boolean readValue(Column field, ParsedRecord found) {
    if (field instanceof MetaColumn) {
      return takeObject(found);
    }
    int from = at;
    boolean string = bytes[at] == '"';
    boolean nested = bytes[at] == '{' || bytes[at] == '[';
    int escapes = string ? skipString() : nested ? skipNested() : skipWord();
    if (escapes < 0) {
      return false;
    }
    if (field == Field.URLNUM) {
      found.urlnum = RecordLayout.number(bytes, from, at);
      return found.urlnum >= 0;
    }
    if (field == Field.INPUT || field == Field.METHOD) {
      return string && readText(from + 1, at - 1, escapes > 0, found);
    }
    if (field == Field.OK) {
      found.ok = RecordLayout.is("true", bytes, from, at);
      return found.ok || RecordLayout.is("false", bytes, from, at);
    }
    takeOutcome(field, string, from, found);
    return true;
  }

  /** Takes the value that begins at {@code from} and ends here. */
  private void takeOutcome(Column field, boolean string, int from, ParsedRecord found) {
    if (field == Field.ERROR && string) {
      found.takeError(bytes, from + 1, at - 1);
    } else if (field == Field.RESPONSE_CODE) {
      found.status = RecordLayout.number(bytes, from, at);
    } else if (field == Field.EXITCODE) {
      found.exitcode = RecordLayout.number(bytes, from, at);
    } else if (field == Field.DUPLICATE_OF) {
      found.duplicateOf = RecordLayout.number(bytes, from, at);
    }
  }

  /** Skips a string; returns its number of backslashes, or -1 if it does not end. */
  private int skipString() {
    int escapes = 0;
    for (int i = at + 1; i < end; i++) {
      byte b = bytes[i];
      if (b == '"') {
        at = i + 1;
        return escapes;
      }
      if (b == '\\') {
        escapes++;
        i++;
      } else if (b >= 0 && b < ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** Skips a number or a word; -1 if there is none. */
  private int skipWord() {
    int from = at;
    while (at < end && isOfWord(bytes[at])) {
      at++;
    }
    return at > from ? 0 : -1;
  }

  /** Skips an object; false if it does not end. */
  private boolean skipObject() {
    return bytes[at] == '{' && skipNested() == 0;
  }

  /** Skips an object or an array with any content; -1 if it does not end. */
  private int skipNested() {
    int depth = 0;
    do {
      byte b = at < end ? bytes[at] : 0;
      if (b == '"' ? skipString() < 0 : b == 0) {
        return -1;
      }
      depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
      at += b == '"' ? 0 : 1;
    } while (depth > 0);
    return 0;
  }

  private static boolean isOfWord(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+';
  }

  private boolean readText(int from, int to, boolean escaped, ParsedRecord found) {
    if (!escaped) {
      found.take(bytes, from, to);
      return true;
    }
    found.begin();
    int i = from;
    while (i < to && i >= 0) {
      if (bytes[i] == '\\') {
        i = readEscape(i + 1, to, found);
      } else {
        found.add(bytes[i++]);
      }
    }
    found.end();
    return i == to;
  }

  /** Reads an escape after its backslash; returns its end, or -1 if it is invalid. */
  private int readEscape(int from, int to, ParsedRecord found) {
    int plain = "\"\\/bfnrt".indexOf(bytes[from]);
    if (plain >= 0) {
      found.add("\"\\/\b\f\n\r\t".charAt(plain));
      return from + 1;
    }
    int high = bytes[from] == 'u' ? RecordLayout.hex(bytes, from + 1, 4, to) : -1;
    if (high < 0) {
      return -1;
    }
    int next = from + 5;
    boolean paired = Character.isHighSurrogate((char) high) && next + 1 < to && bytes[next] == '\\';
    int low = paired && bytes[next + 1] == 'u' ? RecordLayout.hex(bytes, next + 2, 4, to) : -1;
    if (low >= 0 && Character.isLowSurrogate((char) low)) {
      found.addCharacter(Character.toCodePoint((char) high, (char) low));
      return next + 6;
    }
    found.addCharacter(high);
    return next;
  }
}
