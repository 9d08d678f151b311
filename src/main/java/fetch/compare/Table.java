package fetch.compare;

import fetch.report.FigureFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Formats the results as a table. */
record Table(List<List<String>> rows) {
  /** The headings; all columns but the first have numbers, aligned right. */
  static final List<String> HEADINGS =
      List.of(
          "strategy",
          "workers",
          "wall s",
          "min-max",
          "speed-up",
          "URLs/s",
          "user s",
          "sys s",
          "MB",
          "p50",
          "p95",
          "p99",
          "failed");

  static Table of(ComparisonResults results) {
    return new Table(results.rows().stream().map(row -> cells(row, results)).toList());
  }

  /** The cells of a row; without figures, the last cell says why. */
  private static List<String> cells(SettingResult row, ComparisonResults results) {
    List<String> cells = new ArrayList<>();
    cells.add(row.setting().strategy().toString());
    cells.add(row.setting().shownWorkers());
    if (!row.isMeasured()) {
      cells.add(row.mishaps().isEmpty() ? "not run" : "failed: " + row.mishaps().getFirst());
      return cells;
    }
    Spread wall = row.wall();
    cells.add(FigureFormat.seconds(wall.median()));
    cells.add(FigureFormat.seconds(wall.least()) + "-" + FigureFormat.seconds(wall.most()));
    cells.add(FigureFormat.times(results.speedUp(row)));
    cells.add(FigureFormat.rate(row.urlsPerSecond()));
    cells.add(FigureFormat.seconds(row.user()));
    cells.add(FigureFormat.seconds(row.system()));
    cells.add(FigureFormat.megabytes(row.peakMemory()));
    cells.add(FigureFormat.latency(row.latencies().percentile(50)));
    cells.add(FigureFormat.latency(row.latencies().percentile(95)));
    cells.add(FigureFormat.latency(row.latencies().percentile(99)));
    cells.add(Long.toString(row.failed()));
    return cells;
  }

  /** The table for a terminal. */
  String text() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    appendText(HEADINGS, widths, text);
    rows.forEach(cells -> appendText(cells, widths, text));
    return text.toString();
  }

  private int[] widths() {
    int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
    for (List<String> cells : rows) {
      for (int i = 0; isWhole(cells) && i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cells.get(i).length());
      }
    }
    return widths;
  }

  private static boolean isWhole(List<String> cells) {
    return cells.size() == HEADINGS.size();
  }

  private static void appendText(List<String> cells, int[] widths, StringBuilder text) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - cell.length()));
      boolean words = i == 0 || (!isWhole(cells) && i == cells.size() - 1);
      text.append(i == 0 ? "" : "  ").append(words ? "" : padding).append(cell);
      text.append(i == 0 ? padding : "");
    }
    text.append('\n');
  }

  /** The table in GitHub's Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    appendMarkdown(HEADINGS, text);
    List<String> rule = new ArrayList<>(Collections.nCopies(HEADINGS.size(), "---:"));
    rule.set(0, "---");
    appendMarkdown(rule, text);
    rows.forEach(cells -> appendMarkdown(cells, text));
    return text.toString();
  }

  private static void appendMarkdown(List<String> cells, StringBuilder text) {
    for (int i = 0; i < HEADINGS.size(); i++) {
      String cell = i < cells.size() ? cells.get(i) : "";
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }
}
