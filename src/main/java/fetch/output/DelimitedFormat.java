package fetch.output;

import fetch.FetchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats records as columns; a dialect defines the separator and how text is escaped. */
final class DelimitedFormat implements RecordFormat {
  /** The syntax of one kind of columns. */
  interface Dialect {
    char separator();

    boolean hasHeader();

    void appendText(@Nullable String text, ByteBuilder out);
  }

  private final List<? extends Column> fields;
  private final Dialect dialect;

  DelimitedFormat(List<? extends Column> fields, Dialect dialect) {
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

  private record Values(ByteBuilder out, Dialect dialect) implements UnquotedValues {
    @Override
    public void text(@Nullable String value) {
      dialect.appendText(value, out);
    }

    @Override
    public void json(@Nullable String value) {
      dialect.appendText(value, out);
    }
  }

  /**
   * Comma-separated. Null is empty, and text with special characters is quoted. Control characters
   * are escaped although RFC 4180 allows line ends: a record is one line. Backslashes are not
   * escaped, so that CSV readers get all other text unchanged.
   *
   * @param safe whether to keep spreadsheets from running text as a formula
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
      String text = safe ? SpreadsheetFormulas.disarmed(value) : value;
      if (!text.isEmpty() && !ControlCharacters.foundIn(text, ",\" ")) {
        out.append(text);
        return;
      }
      out.append('"');
      ControlCharacters.appendEscaped(text.replace("\"", "\"\""), out);
      out.append('"');
    }
  }

  /**
   * Tab-separated. Null is empty, and backslashes escape characters that would break the line. A
   * leading quote is escaped as {@code \x22}: some readers (sqlite3, DuckDB) take it for a quoted
   * cell, others (Miller) do not.
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
        if (ControlCharacters.isControl(c) || c == '\\') {
          out.append(text.substring(start, i));
          start = i + 1;
          if (c == '\\') {
            out.append("\\\\");
          } else {
            ControlCharacters.appendEscaped(c, out);
          }
        }
      }
      out.append(text.substring(start));
    }
  }

  /** Separated by single spaces, for chosen fields in text. Null and empty text are a hyphen. */
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
