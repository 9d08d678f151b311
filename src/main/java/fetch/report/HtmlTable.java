package fetch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a table: words on the left, numbers, and bars that show a share. */
final class HtmlTable {
  /** How a column is written. */
  private enum Column {
    /** The name of the row. */
    HEAD,
    NUMBER,
    /** Text of any length. */
    WORDS,
    /** A share of 1, as a bar. */
    BAR
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private final List<List<Object>> rows = new ArrayList<>();

  /**
   * @param heading of the first column, which names the rows
   */
  HtmlTable(String heading) {
    add(Column.HEAD, heading);
  }

  /** Adds columns of numbers. */
  HtmlTable numbers(String... names) {
    return add(Column.NUMBER, names);
  }

  /** Adds columns of text. */
  HtmlTable words(String... names) {
    return add(Column.WORDS, names);
  }

  /** Adds a column of bars. */
  HtmlTable bar() {
    return add(Column.BAR, "");
  }

  private HtmlTable add(Column column, String... names) {
    for (String name : names) {
      columns.add(column);
      headings.add(name);
    }
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells as many as there are columns; numbers are doubles for bars only
   */
  HtmlTable row(Object... cells) {
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * Writes the table, which scrolls sideways if it is too wide.
   *
   * @param label for screen readers
   */
  void write(String label, Markup body) {
    body.add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">", label);
    body.add("<table><thead><tr>");
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i)) {
        case HEAD, NUMBER -> body.add("<th scope=\"col\">%s</th>", headings.get(i));
        case WORDS -> body.add("<th scope=\"col\" class=\"words\">%s</th>", headings.get(i));
        case BAR -> body.add("<td class=\"bar\"></td>");
      }
    }
    body.add("</tr></thead><tbody>");
    rows.forEach(row -> write(row, body));
    body.add("</tbody></table></div>");
  }

  private void write(List<Object> row, Markup body) {
    body.add("<tr>");
    for (int i = 0; i < columns.size(); i++) {
      Object cell = row.get(i);
      switch (columns.get(i)) {
        case HEAD -> body.add("<th scope=\"row\">%s</th>", cell);
        case NUMBER -> body.add("<td>%s</td>", cell);
        case WORDS -> body.add("<td class=\"words\">%s</td>", cell);
        case BAR ->
            body.add(
                "<td class=\"bar\" aria-hidden=\"true\"><span style=\"width:%s%%\"></span></td>",
                String.format(Locale.ROOT, "%.1f", 100 * (Double) cell));
      }
    }
    body.add("</tr>");
  }
}
