package fetch.compare;

import fetch.report.AxisScale;
import fetch.report.Markup;
import fetch.strategy.StrategyKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Draws a measure over the number of workers, with a line for each strategy. */
final class WorkersChart {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 300;
  private static final double LEFT = 44;
  private static final double RIGHT = 448;
  private static final double TOP = 10;
  private static final double BOTTOM = 256;

  /** The offset between lines that would overlap. */
  private static final double ASIDE = 5;

  /** From this factor between the numbers of workers on, the axis is logarithmic. */
  private static final double WIDE = 16;

  private static final double ROOM_FOR_A_NUMBER = 24;
  private static final double ROOM_FOR_A_WORD = 50;

  private final List<SettingResult> rows;
  private final List<StrategyKind> strategies;
  private final Function<SettingResult, Spread> measure;
  private final DoubleFunction<String> unit;
  private final AxisScale across;
  private final AxisScale up;
  private final Markup svg = new Markup();

  /**
   * @param rows at least one, without serial
   * @param ceiling a value that must be visible, like the measured ones
   * @param unit formats a value
   */
  WorkersChart(
      List<SettingResult> rows,
      double ceiling,
      Function<SettingResult, Spread> measure,
      DoubleFunction<String> unit) {
    this.rows = rows;
    this.strategies = rows.stream().map(row -> row.setting().strategy()).distinct().toList();
    this.measure = measure;
    this.unit = unit;
    this.across = across(rows);
    double most = rows.stream().mapToDouble(row -> measure.apply(row).most()).max().orElse(1);
    this.up = AxisScale.fromZero(1.05 * Math.max(most, ceiling), BOTTOM, TOP);
  }

  private static AxisScale across(List<SettingResult> rows) {
    Spread workers = Spread.of(rows, row -> row.workers());
    return workers.most() > WIDE * workers.least()
        ? new AxisScale(workers.least() / 1.3, workers.most() * 1.2, LEFT, RIGHT, true)
        : new AxisScale(0, workers.most() * 1.08, LEFT, RIGHT, false);
  }

  /** Adds a line where the measure equals the number of workers. */
  WorkersChart ideal() {
    double from = Math.max(across.least(), up.least());
    double to = Math.min(across.most(), up.most());
    Markup points = new Markup();
    int steps = across.logarithmic() ? 40 : 1;
    for (int i = 0; i <= steps; i++) {
      double workers =
          across.logarithmic()
              ? from * Math.pow(to / from, i / (double) steps)
              : from + (to - from) * i;
      points.add("%s,%s", across.at(workers), up.at(workers));
    }
    svg.add("<polyline class=\"ideal\" points=\"%s\"><title>ideal</title></polyline>", points);
    boolean steep = across.at(to) < LEFT + ROOM_FOR_A_WORD;
    double named = (steep ? 0.95 : 0.8) * to;
    double x = across.at(named);
    svg.add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">ideal</text>",
        steep ? x + 8 : x - 8, up.at(named) - 2, steep ? "start" : "end");
    return this;
  }

  /** Adds a horizontal line for serial. */
  WorkersChart level(double value) {
    double y = up.at(value);
    svg.add("<path class=\"path dashed serial\" d=\"M%s %sH%s\"/>", LEFT, y, RIGHT);
    svg.add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">serial: %s</text>",
        RIGHT, y + 15, unit.apply(value));
    return this;
  }

  /**
   * Draws the chart.
   *
   * @param title for screen readers
   */
  Markup draw(String title) {
    for (StrategyKind strategy : strategies) {
      line(strategy);
    }
    return new Markup()
        .add("<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, title)
        .add("%s%s</svg>", axes(), svg);
  }

  private Markup axes() {
    Markup axes = new Markup();
    for (double value : up.ticks()) {
      axes.add("<path class=\"grid\" d=\"M%s %sH%s\"/>", LEFT, up.at(value), RIGHT);
      axes.add(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>",
          LEFT - 8, up.at(value) + 4, unit.apply(value));
    }
    axes.add("<path class=\"axis\" d=\"M%s %sH%s\"/>", LEFT, BOTTOM, RIGHT);
    for (int workers : numbers()) {
      axes.add(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>",
          across.at(workers), BOTTOM + 18, workers);
    }
    return axes.add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">workers</text>",
        (LEFT + RIGHT) / 2, BOTTOM + 38);
  }

  /** The numbers of workers that have room on the axis; always the greatest. */
  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    double free = Double.POSITIVE_INFINITY;
    List<Integer> all =
        rows.stream()
            .map(row -> row.workers())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int workers : all) {
      if (across.at(workers) <= free) {
        numbers.add(workers);
        free = across.at(workers) - ROOM_FOR_A_NUMBER;
      }
    }
    return numbers;
  }

  private void line(StrategyKind strategy) {
    List<SettingResult> own =
        rows.stream()
            .filter(row -> row.setting().strategy() == strategy)
            .sorted(Comparator.comparingInt(row -> row.workers()))
            .toList();
    Markup points = new Markup();
    own.forEach(row -> points.add("%s,%s", x(row), up.at(measure.apply(row).median())));
    svg.add("<g class=\"%s\"><polyline class=\"path\" points=\"%s\"/>", strategy, points);
    own.forEach(this::point);
    svg.add("</g>");
  }

  private double x(SettingResult row) {
    double place = strategies.indexOf(row.setting().strategy()) - (strategies.size() - 1) / 2.0;
    return across.at(row.workers()) + ASIDE * place;
  }

  private void point(SettingResult row) {
    Spread value = measure.apply(row);
    double x = x(row);
    svg.add("<g><title>%s: %s</title>", row.setting(), unit.apply(value.median()));
    svg.add(
        "<path class=\"whisker\" d=\"M%s %sV%s\"/>", x, up.at(value.least()), up.at(value.most()));
    svg.add("%s</g>", ChartMarker.at(row.setting().strategy(), x, up.at(value.median())));
  }
}
