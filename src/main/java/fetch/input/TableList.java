package fetch.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import fetch.Entry;
import fetch.Meta;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table (RFC 4180) with {@link TableColumns}. Its first line may be Excel's {@code sep=;},
 * which is not a row but states the separator.
 */
final class TableList implements ListReader {
  private static final String SEPARATORS = ",;\t|:";

  private final TableRowReader rows;
  private final ListFormat format;
  private final Source source;
  private final EntryParser parser;
  private final StringArrayHandler handler = StringArrayHandler.of();
  private CsvReader.CsvReaderBuilder reader;
  private char separator;
  private boolean begun;
  private @Nullable TableColumns columns;
  private List<String> others = List.of();

  TableList(InputStream in, char separator, ListFormat format, Source source, EntryParser parser) {
    this.rows = new TableRowReader(in, separator);
    this.separator = separator;
    this.format = format;
    this.source = source;
    this.parser = parser;
    this.reader = CsvReader.builder().fieldSeparator(separator);
  }

  /** The names of the columns other than the one with the URLs; empty if there is no row. */
  List<String> others() throws IOException {
    Line row = columns == null ? next() : null;
    while (columns == null && row != null) {
      row = next();
    }
    return others;
  }

  @Override
  public @Nullable Line next() throws IOException {
    Line row = rows.next();
    if (!begun && row != null) {
      begun = true;
      if (isSeparatorLine(row.text())) {
        return new Line(row.number(), "", null);
      }
    }
    if (columns == null && row != null && isEntry(row)) {
      TableColumns found = columns(row);
      columns = found;
      others = found.others();
      return found.header() ? new Line(row.number(), "", null) : row;
    }
    return row;
  }

  /** Adopts the separator that a {@code sep=} line declares; false for any other line. */
  private boolean isSeparatorLine(String text) {
    String line = text.length() == 7 && text.startsWith("\"") ? text.substring(1, 6) : text;
    if (line.length() != 5 || !line.regionMatches(true, 0, "sep=", 0, 4)) {
      return false;
    }
    char declared = line.charAt(4);
    if (SEPARATORS.indexOf(declared) < 0) {
      return false;
    }
    separator = declared;
    rows.useSeparator(declared);
    reader = CsvReader.builder().fieldSeparator(declared);
    return true;
  }

  private TableColumns columns(Line row) throws IOException {
    try {
      if (row.fault() == null) {
        UrlTemplate template = format.template();
        return template == null
            ? TableColumns.of(cells(row), format.urlColumn())
            : TableColumns.of(cells(row), template);
      }
    } catch (CsvParseException e) {
      throw new IOException("line " + row.number() + ": not a valid CSV row (RFC 4180)", e);
    }
    throw new IOException("line " + row.number() + ": " + row.fault());
  }

  private List<String> cells(Line row) {
    return List.of(reader.ofSingleCsvRecord(handler, row.text()));
  }

  @Override
  public boolean ready() {
    return rows.ready();
  }

  /** Whether the row has any text: spreadsheets end tables with rows of empty cells. */
  @Override
  public boolean isEntry(Line row) {
    String text = row.text();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != separator && !NonUrlCharacters.isBlank(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Entry parse(long urlnum, Line line) {
    return parser.parse(urlnum, line, source, row(line));
  }

  private Row row(Line line) {
    if (line.fault() != null) {
      return bad(line, line.fault());
    }
    if (line.text().indexOf('\0') >= 0) {
      return bad(line, "the row has a NUL byte");
    }
    try {
      return row(line, cells(line));
    } catch (CsvParseException e) {
      return bad(line, "not a valid CSV row (RFC 4180)");
    }
  }

  private Row row(Line line, List<String> cells) {
    if (columns == null) {
      throw new IllegalStateException("a row is parsed before it is read");
    }
    int width = columns.names().size();
    for (int i = width; i < cells.size(); i++) {
      if (!cells.get(i).isBlank()) {
        return bad(
            line,
            "the row has "
                + cells.size()
                + " cells, the first row has "
                + width
                + "; quote cells that contain a separator");
      }
    }
    UrlTemplate template = format.template();
    if (template != null) {
      return template.row(values(cells, columns.url()), null, line);
    }
    String url =
        columns.url() < cells.size() ? NonUrlCharacters.trim(cells.get(columns.url())) : "";
    Meta meta = meta(cells, columns.url());
    return url.isEmpty()
        ? new Row.Bad(Row.excerpt(line.text()), "the row has no URL", meta)
        : new Row.Good(url, null, meta);
  }

  private @Nullable Meta meta(List<String> cells, int url) {
    return others.isEmpty() ? null : values(cells, url);
  }

  private Meta values(List<String> cells, int url) {
    List<Meta.Value> values = new ArrayList<>(others.size());
    int width = others.size() + (url < 0 ? 0 : 1);
    for (int i = 0; i < width; i++) {
      if (i != url) {
        values.add(new Meta.Value.Text(i < cells.size() ? cells.get(i) : null));
      }
    }
    return new Meta(others, values);
  }

  private static Row bad(Line line, String reason) {
    return new Row.Bad(Row.excerpt(line.text()), reason);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
