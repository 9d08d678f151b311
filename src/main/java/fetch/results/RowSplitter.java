package fetch.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits rows of tables as fetch writes them: CSV with quotes, TSV with backslashes. */
final class RowSplitter {
  private RowSplitter() {}

  /** The cells of a row; null for empty ones. */
  static List<@Nullable String> cells(String row, char separator) throws IOException {
    return separator == ',' ? csv(row) : tsv(row, separator);
  }

  private static List<@Nullable String> csv(String row) throws IOException {
    List<@Nullable String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      int end;
      if (at < row.length() && row.charAt(at) == '"') {
        end = endOfQuoted(row, at);
        cells.add(row.substring(at + 1, end - 1).replace("\"\"", "\""));
      } else {
        int comma = row.indexOf(',', at);
        end = comma < 0 ? row.length() : comma;
        cells.add(end == at ? null : row.substring(at, end));
      }
      if (end == row.length()) {
        return cells;
      }
      if (row.charAt(end) != ',') {
        throw new IOException("not a valid CSV row");
      }
      at = end + 1;
    }
  }

  private static int endOfQuoted(String row, int start) throws IOException {
    int quote = row.indexOf('"', start + 1);
    while (quote >= 0 && row.startsWith("\"\"", quote)) {
      quote = row.indexOf('"', quote + 2);
    }
    if (quote < 0) {
      throw new IOException("not a valid CSV row");
    }
    return quote + 1;
  }

  private static List<@Nullable String> tsv(String row, char separator) throws IOException {
    List<@Nullable String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      int tab = row.indexOf(separator, at);
      int end = tab < 0 ? row.length() : tab;
      cells.add(end == at ? null : unescaped(row.substring(at, end)));
      if (end == row.length()) {
        return cells;
      }
      at = end + 1;
    }
  }

  private static String unescaped(String cell) throws IOException {
    if (cell.indexOf('\\') < 0) {
      return cell;
    }
    StringBuilder text = new StringBuilder(cell.length());
    int at = 0;
    while (at < cell.length()) {
      if (cell.charAt(at) == '\\') {
        at = appendEscape(cell, at + 1, text);
      } else {
        text.append(cell.charAt(at++));
      }
    }
    return text.toString();
  }

  /** Appends the character of an escape; returns the end of the escape. */
  private static int appendEscape(String cell, int at, StringBuilder text) throws IOException {
    int plain = at < cell.length() ? "\\tnr".indexOf(cell.charAt(at)) : -1;
    if (plain >= 0) {
      text.append("\\\t\n\r".charAt(plain));
      return at + 1;
    }
    boolean hex = cell.startsWith("x", at) || cell.startsWith("u", at);
    int end = at + (cell.startsWith("x", at) ? 3 : 5);
    if (!hex || end > cell.length()) {
      throw new IOException("not a valid escape in a TSV row");
    }
    try {
      text.append((char) Integer.parseInt(cell.substring(at + 1, end), 16));
      return end;
    } catch (NumberFormatException e) {
      throw new IOException("not a valid escape in a TSV row", e);
    }
  }
}
