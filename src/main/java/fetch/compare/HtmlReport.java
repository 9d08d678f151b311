package fetch.compare;

import fetch.Quantity;
import fetch.report.FigureFormat;
import fetch.report.LatencyChart;
import fetch.report.LatencyChart.Row;
import fetch.report.Markup;
import fetch.report.Page;
import fetch.strategy.StrategyKind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the results as an HTML page: a single file without scripts. */
public final class HtmlReport {
  private static final String FOOTER =
      """
      Each run was a process of its own, in rounds that each began with another setting, after one \
      run that does not count. Times are medians, from the start of the process to its end; whiskers \
      and “min-max” span all runs. Processor seconds and memory (the most that was resident, in MB) \
      are those of fetch alone. Latencies are of all runs of a setting together, from the start of a \
      request to its last byte.\
      """;

  private final ComparisonResults results;
  private final Conclusion conclusion;
  private final List<SettingResult> measured;
  private final List<SettingResult> parallel;
  private final Markup body = new Markup();

  private HtmlReport(ComparisonResults results, Conclusion conclusion) {
    this.results = results;
    this.conclusion = conclusion;
    this.measured = results.measured();
    this.parallel = measured.stream().filter(row -> !row.setting().isSerial()).toList();
  }

  /**
   * Makes the page.
   *
   * @param list the name of the list
   * @param facts short facts, such as time and machine
   */
  public static String of(
      ComparisonResults results, Conclusion conclusion, String list, List<String> facts) {
    HtmlReport report = new HtmlReport(results, conclusion);
    report.write();
    return new Page("fetch compare " + list, "Which strategy for " + list, FOOTER)
        .of(report.runs() + " · " + String.join(" · ", facts), report.body);
  }

  private String runs() {
    String runs =
        results.done() == results.planned()
            ? Quantity.of(results.done(), "run")
            : "stopped after " + results.done() + " of " + Quantity.of(results.planned(), "run");
    return measured.isEmpty() ? runs : urls() + " · " + runs;
  }

  private String urls() {
    return Quantity.of(Math.round(measured.getFirst().urls()), "URL");
  }

  private void write() {
    advise(conclusion.advice());
    warn();
    if (!parallel.isEmpty()) {
      legend();
      body.add("<div class=\"pair\">");
      speed();
      memory();
      body.add("</div>");
    }
    latency();
    table();
  }

  private void advise(@Nullable Advice advice) {
    if (advice != null) {
      body.add("<section class=\"card advice\"><h2>Advice</h2>");
      body.add("<p>%s</p>", advice.sentence());
      body.add("<pre><code>%s</code></pre></section>", advice.command());
    }
  }

  private void warn() {
    if (!conclusion.warnings().isEmpty()) {
      body.add("<section class=\"card warnings\"><h2>Warnings</h2><ul>");
      conclusion.warnings().forEach(warning -> body.add("<li>%s</li>", warning));
      body.add("</ul></section>");
    }
  }

  private void legend() {
    body.add("<ul class=\"legend\">");
    for (StrategyKind strategy :
        parallel.stream().map(row -> row.setting().strategy()).distinct().toList()) {
      body.add("<li>%s%s</li>", ChartMarker.key(strategy), strategy);
    }
    body.add("</ul>");
  }

  private void speed() {
    SettingResult serial = results.serial();
    if (serial == null) {
      body.beginCard("URLs per second", "How many URLs were done in a second of the run.");
      body.add(
          "%s",
          new WorkersChart(parallel, 0, HtmlReport::rate, FigureFormat::rounded)
              .draw("URLs per second over the number of workers; the table has the figures"));
      body.endCard();
      return;
    }
    double base = serial.wall().median();
    body.beginCard(
        "Speed-up over serial",
        "How many times as fast as serial, which took " + FigureFormat.seconds(base) + " s.");
    body.add(
        "%s",
        new WorkersChart(parallel, 1, row -> over(base, row.wall()), FigureFormat::factor)
            .ideal()
            .draw("Speed-up over the number of workers; the table has the figures"));
    body.endCard();
  }

  private static Spread rate(SettingResult row) {
    return over(row.urls(), row.wall());
  }

  private static Spread over(double dividend, Spread divisor) {
    return new Spread(
        dividend / divisor.median(), dividend / divisor.most(), dividend / divisor.least());
  }

  private void memory() {
    List<SettingResult> known =
        parallel.stream().filter(row -> Double.isFinite(row.peakMemory())).toList();
    if (known.isEmpty()) {
      return;
    }
    SettingResult serial = results.serial();
    double base = serial == null ? 0 : serial.peakMemory();
    body.beginCard("Memory", "The most that was resident, in MB.");
    WorkersChart chart =
        new WorkersChart(known, base, SettingResult::memory, FigureFormat::megabytes);
    if (base > 0) {
      chart.level(base);
    }
    body.add("%s", chart.draw("Memory over the number of workers; the table has the figures"));
    body.endCard();
  }

  private void latency() {
    List<SettingResult> requested =
        measured.stream().filter(row -> row.latencies().percentile(100) > 0).toList();
    if (!requested.isEmpty()) {
      body.beginCard(
          "Latency",
          "How long requests took. Each hill holds all requests of a setting; its marks, from the"
              + " tallest, are p50, p95 and p99.");
      body.add(
          "<div class=\"scroll wide\">%s</div>",
          new LatencyChart(requested.stream().map(HtmlReport::curve).toList())
              .draw("How long requests took in each setting; the table has the percentiles"));
      body.endCard();
    }
  }

  private static Row curve(SettingResult row) {
    return new Row(
        row.setting().toString(), row.setting().strategy().toString(), "requests", row.latencies());
  }

  private void table() {
    body.add("<section class=\"card\"><h2>All figures</h2>");
    body.add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All figures\">");
    body.add("<table><thead><tr>");
    Table.HEADINGS.forEach(heading -> body.add("<th scope=\"col\">%s</th>", heading));
    body.add("</tr></thead><tbody>");
    List<List<String>> cells = Table.of(results).rows();
    for (int i = 0; i < cells.size(); i++) {
      line(results.rows().get(i).setting(), cells.get(i));
    }
    body.add("</tbody></table></div></section>");
  }

  private void line(Setting setting, List<String> cells) {
    Advice advice = conclusion.advice();
    boolean advised = advice != null && advice.setting().equals(setting);
    body.add("<tr class=\"%s%s\">", setting.strategy(), advised ? " advised" : "");
    body.add("<th scope=\"row\"><span class=\"dot\"></span>%s</th>", cells.getFirst());
    int rest = Table.HEADINGS.size() - cells.size();
    body.add(
        cells.stream()
            .skip(1)
            .limit(cells.size() - (rest > 0 ? 2 : 1))
            .map(cell -> "<td>" + Markup.escaped(cell).replace("%", "%%") + "</td>")
            .collect(Collectors.joining()));
    if (rest > 0) {
      body.add("<td class=\"words\" colspan=\"%s\">%s</td>", rest + 1, cells.getLast());
    }
    body.add("</tr>");
  }
}
