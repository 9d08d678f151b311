package fetch.report;

import fetch.report.TimeSeries.Bar;
import java.util.List;

/** Draws entries per second over time: ok ones, and failed ones on top. */
final class TimelineChart {
  private static final double WIDTH = 980;
  private static final double HEIGHT = 250;
  private static final double LEFT = 64;
  private static final double RIGHT = 960;
  private static final double TOP = 12;
  private static final double BOTTOM = 208;
  private static final double NANOS = 1e9;

  /** Keeps a bar with few entries visible. */
  private static final double LEAST_HEIGHT = 1.5;

  private final List<Bar> bars;
  private final AxisScale across;
  private final AxisScale up;
  private final Markup svg = new Markup();

  /**
   * @param bars at least one
   */
  TimelineChart(List<Bar> bars) {
    this.bars = bars;
    Bar last = bars.getLast();
    double end = (last.nanos() + last.length()) / NANOS;
    this.across = new AxisScale(0, end, LEFT, RIGHT, false);
    double most =
        bars.stream().mapToDouble(bar -> bar.perSecond(bar.good() + bar.bad())).max().orElse(1);
    this.up = AxisScale.fromZero(1.05 * Math.max(most, 1e-3), BOTTOM, TOP);
  }

  /**
   * Draws the chart.
   *
   * @param title for screen readers
   */
  Markup draw(String title) {
    svg.add("<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, title);
    for (double value : up.ticks()) {
      svg.add("<path class=\"grid\" d=\"M%s %sH%s\"/>", LEFT, up.at(value), RIGHT);
      svg.add(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>",
          LEFT - 8, up.at(value) + 4, FigureFormat.count(value));
    }
    bars.forEach(this::bar);
    svg.add("<path class=\"axis\" d=\"M%s %sH%s\"/>", LEFT, BOTTOM, RIGHT);
    for (double seconds : across.ticks()) {
      if (across.has(seconds)) {
        svg.add(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>",
            across.at(seconds), BOTTOM + 18, FigureFormat.count(seconds));
      }
    }
    svg.add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">seconds since the start</text>",
        (LEFT + RIGHT) / 2, BOTTOM + 38);
    return svg.add("</svg>");
  }

  private void bar(Bar bar) {
    double from = across.at(bar.nanos() / NANOS);
    double to = across.at((bar.nanos() + bar.length()) / NANOS);
    double gap = to - from > 4 ? 1 : 0;
    svg.add("<g><title>%s</title>", words(bar));
    double ok = height(bar.perSecond(bar.good()));
    double bad = height(bar.perSecond(bar.bad()));
    rectangle("ok", from, to - gap, BOTTOM - ok, ok);
    rectangle("bad", from, to - gap, BOTTOM - ok - bad, bad);
    svg.add("</g>");
  }

  private double height(double perSecond) {
    return perSecond == 0 ? 0 : Math.max(LEAST_HEIGHT, BOTTOM - up.at(perSecond));
  }

  private void rectangle(String style, double from, double to, double top, double height) {
    if (height > 0) {
      svg.add(
          "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
          style, from, top, Math.max(0.5, to - from), height);
    }
  }

  private static String words(Bar bar) {
    return "from %s s: %s ok, %s failed, %s a second"
        .formatted(
            FigureFormat.seconds(bar.nanos() / NANOS),
            FigureFormat.whole(bar.good()),
            FigureFormat.whole(bar.bad()),
            FigureFormat.rate(bar.perSecond(bar.good() + bar.bad())));
  }
}
