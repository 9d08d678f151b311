package fetch.report;

import fetch.report.Latencies.Bar;
import java.util.List;

/** Draws durations: for each row a density curve with marks at its percentiles. */
public final class LatencyChart {
  private static final double WIDTH = 980;
  private static final double LEFT = 110;
  private static final double RIGHT = 950;
  private static final double TOP = 12;
  private static final double ROW = 34;
  private static final double HILL = 27;
  private static final double AXIS = 30;
  private static final int BINS = 140;

  /** Space around the times, in case all are equal. */
  private static final double MARGIN = 1.12;

  /**
   * A curve.
   *
   * @param name of the phase or setting
   * @param style the class in the style sheet that sets the colour
   * @param things that were timed, in the plural
   */
  public record Row(String name, String style, String things, Latencies latencies) {}

  private final List<Row> rows;
  private final AxisScale across;

  /**
   * @param rows at least one, each with durations
   */
  public LatencyChart(List<Row> rows) {
    this.rows = rows;
    double least = rows.stream().mapToDouble(row -> row.latencies().percentile(0)).min().orElse(1);
    double most = rows.stream().mapToDouble(row -> row.latencies().percentile(100)).max().orElse(1);
    this.across =
        new AxisScale(
            Math.max(1e-6, least) / MARGIN, Math.max(2e-6, most) * MARGIN, LEFT, RIGHT, true);
  }

  /**
   * Draws the chart.
   *
   * @param title for screen readers
   */
  public Markup draw(String title) {
    double bottom = TOP + ROW * rows.size();
    Markup svg =
        new Markup()
            .add(
                "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">",
                WIDTH, bottom + AXIS, title);
    for (double seconds : across.ticks()) {
      double x = across.at(seconds);
      svg.add("<path class=\"grid\" d=\"M%s %sV%s\"/>", x, TOP, bottom);
      svg.add(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>",
          x, bottom + 18, tick(seconds));
    }
    for (int i = 0; i < rows.size(); i++) {
      strip(rows.get(i), TOP + ROW * (i + 1), svg);
    }
    return svg.add("</svg>");
  }

  /** The label of a tick, without trailing zeros. */
  private static String tick(double seconds) {
    double millis = seconds * 1000;
    return millis >= 1000 ? trimmed(seconds) + " s" : trimmed(millis) + " ms";
  }

  private static String trimmed(double value) {
    return String.valueOf(Math.round(value * 1000) / 1000.0).replaceFirst("\\.0$", "");
  }

  private void strip(Row row, double ground, Markup svg) {
    Latencies latencies = row.latencies();
    svg.add("<g class=\"%s\">", row.style());
    svg.add(
        "<title>%s: half of the %s within %s, 95%% within %s, 99%% within %s</title>",
        row.name(),
        row.things(),
        FigureFormat.latency(latencies.percentile(50)),
        FigureFormat.latency(latencies.percentile(95)),
        FigureFormat.latency(latencies.percentile(99)));
    svg.add("<text class=\"name\" x=\"0\" y=\"%s\">%s</text>", ground - 7, row.name());
    svg.add("<path class=\"axis\" d=\"M%s %sH%s\"/>", LEFT, ground, RIGHT);
    svg.add("<path class=\"hill\" d=\"%s\"/>", hill(latencies.bars(), ground));
    mark(latencies.percentile(50), ground, HILL, svg);
    mark(latencies.percentile(95), ground, HILL / 2, svg);
    mark(latencies.percentile(99), ground, HILL / 4, svg);
    svg.add("</g>");
  }

  private void mark(double seconds, double ground, double height, Markup svg) {
    svg.add("<path class=\"tick\" d=\"M%s %sV%s\"/>", across.at(seconds), ground, ground - height);
  }

  private Markup hill(List<Bar> bars, double ground) {
    double[] heights = smooth(counts(bars));
    double most = 0;
    for (double height : heights) {
      most = Math.max(most, height);
    }
    Markup path = new Markup().add("M%s %s", LEFT, ground);
    double width = (RIGHT - LEFT) / BINS;
    for (int bin = 0; bin < BINS; bin++) {
      path.add("L%s %s", LEFT + (bin + 0.5) * width, ground - HILL * heights[bin] / most);
    }
    return path.add("L%s %sz", RIGHT, ground);
  }

  private double[] counts(List<Bar> bars) {
    double[] counts = new double[BINS];
    for (Bar bar : bars) {
      double part = (across.at(Math.max(across.least(), bar.seconds())) - LEFT) / (RIGHT - LEFT);
      counts[Math.clamp((int) (part * BINS), 0, BINS - 1)] += bar.requests();
    }
    return counts;
  }

  /** Smooths random differences between neighbouring bins. */
  private static double[] smooth(double... counts) {
    double[] smooth = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      double before = i == 0 ? 0 : counts[i - 1];
      double after = i == counts.length - 1 ? 0 : counts[i + 1];
      smooth[i] = (before + 2 * counts[i] + after) / 4;
    }
    return smooth;
  }
}
