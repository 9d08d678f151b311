package fetch.output;

import fetch.FetchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values in columns; a dialect says what stands between them and how text is kept in its place. */
final class Columns implements RecordFormat {
  private static final int DECIMALS = 6;

  /** What sets one kind of columns apart. */
  interface Dialect {
    char separator();

    boolean hasHeader();

    void appendText(@Nullable String text, ByteBuilder out);
  }

  private final List<? extends Column> fields;
  private final Dialect dialect;

  Columns(List<? extends Column> fields, Dialect dialect) {
    this.fields = fields;
    this.dialect = dialect;
  }

  @Override
  public void begin(ByteBuilder out) {
    if (dialect.hasHeader()) {
      int column = 0;
      for (Column field : fields) {
        appendSeparator(column++, out);
        dialect.appendText(field.label(), out);
      }
      out.append('\n');
    }
  }

  @Override
  public void encode(FetchResult result, ByteBuilder out) {
    Values values = new Values(out, dialect);
    int column = 0;
    for (Column field : fields) {
      appendSeparator(column++, out);
      field.write(result, values);
    }
    out.append('\n');
  }

  private void appendSeparator(int column, ByteBuilder out) {
    if (column > 0) {
      out.append(dialect.separator());
    }
  }

  private record Values(ByteBuilder out, Dialect dialect) implements ValueWriter {
    @Override
    public void text(@Nullable String value) {
      dialect.appendText(value, out);
    }

    @Override
    public void json(@Nullable String value) {
      dialect.appendText(value, out);
    }

    @Override
    public void number(long value) {
      out.append(value);
    }

    @Override
    public void flag(boolean value) {
      out.append(value ? "true" : "false");
    }

    @Override
    public void seconds(long nanos) {
      out.appendSeconds(nanos, DECIMALS);
    }
  }

  /**
   * Commas; null is nothing at all, and text with anything special in it is quoted. Control
   * characters are escaped, though RFC 4180 lets line ends be: a record is a line. Backslashes are
   * not, so that all other text is what any reader of CSV makes of it.
   *
   * @param safe whether a spreadsheet must take no text for a formula
   */
  record Csv(boolean safe) implements Dialect {
    @Override
    public char separator() {
      return ',';
    }

    @Override
    public boolean hasHeader() {
      return true;
    }

    @Override
    public void appendText(@Nullable String value, ByteBuilder out) {
      if (value == null) {
        return;
      }
      String text = safe ? Formulas.disarmed(value) : value;
      if (!text.isEmpty() && !Controls.foundIn(text, ",\" ")) {
        out.append(text);
        return;
      }
      out.append('"');
      Controls.appendEscaped(text.replace("\"", "\"\""), out);
      out.append('"');
    }
  }

  /**
   * Tabs; null is nothing at all, and backslashes escape what would break the line. So they do with
   * a quote at the beginning, which opens a quoted cell to some readers (sqlite3, DuckDB) and is a
   * character to others (Miller): as {@code \x22} it is the same to all.
   */
  record Tsv() implements Dialect {
    @Override
    public char separator() {
      return '\t';
    }

    @Override
    public boolean hasHeader() {
      return true;
    }

    @Override
    public void appendText(@Nullable String text, ByteBuilder out) {
      if (text != null) {
        boolean quote = text.startsWith("\"");
        out.append(quote ? "\\x22" : "");
        appendEscaped(quote ? text.substring(1) : text, out);
      }
    }

    static void appendEscaped(String text, ByteBuilder out) {
      int start = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Controls.isControl(c) || c == '\\') {
          out.append(text.substring(start, i));
          start = i + 1;
          if (c == '\\') {
            out.append("\\\\");
          } else {
            Controls.appendEscaped(c, out);
          }
        }
      }
      out.append(text.substring(start));
    }
  }

  /** Single spaces, for chosen fields in text; null and nothing are a hyphen. */
  record Plain() implements Dialect {
    @Override
    public char separator() {
      return ' ';
    }

    @Override
    public boolean hasHeader() {
      return false;
    }

    @Override
    public void appendText(@Nullable String text, ByteBuilder out) {
      Tsv.appendEscaped(text == null || text.isEmpty() ? "-" : text, out);
    }
  }
}
