package fetch.report;

import fetch.FailureKind;
import fetch.Limit;
import fetch.Tally;
import fetch.output.HostTallies;
import fetch.output.HostTallies.HostTally;
import fetch.output.QuantityFormat;
import fetch.output.SummaryFormat.Rest;
import fetch.report.FailingHosts.Count;
import fetch.report.LatencyChart.Row;
import fetch.report.PhaseTimes.Phase;
import fetch.report.RunStatistics.ErrorCount;
import fetch.report.SlowestHosts.Slowest;
import fetch.report.TimeSeries.Bar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes the HTML report of a run: a single file without scripts. */
public final class RunReport {
  private static final int MOST_HOSTS = 20;
  private static final double NANOS = 1e9;
  private static final String FOOTER_OF_RECORDS =
      """
      All figures were counted from records, in a memory of fixed size. Times are accurate to 1%, \
      those of the busiest hosts to a sixteenth. Phases are those of the last attempt of each \
      entry; records do not have those of attempts before it. A request on an open connection has \
      no phases dns, connect and tls. Sizes are bytes after decompression, of the last response of \
      each entry.\
      """;

  private static final String FOOTER =
      """
      All figures were counted during the run, in a memory of fixed size. Times are accurate to 1%, \
      those of the busiest hosts to a sixteenth. Phases are those of each request: an entry has \
      several when it is redirected or retried. A request on an open connection has no phases dns, \
      connect and tls. Sizes are bytes after decompression, of the last response of each entry.\
      """;

  private final RunStatistics run;
  private final Tally tally;
  private final Map<Limit, Long> limits;
  private final Markup body = new Markup();

  /**
   * The content of the page other than figures.
   *
   * @param list the name of the list
   * @param facts short facts, such as time and version
   * @param options of the run, without secrets
   * @param recorded whether the figures are from records of earlier runs
   */
  public record Subject(String list, List<String> facts, List<String> options, boolean recorded) {}

  private RunReport(RunStatistics run, Tally tally, Map<Limit, Long> limits) {
    this.run = run;
    this.tally = tally;
    this.limits = limits;
  }

  /**
   * Makes the page.
   *
   * @param rest the entries that a stopped run did not reach
   * @param limits how long limits held entries back, in nanoseconds
   */
  public static String of(
      RunStatistics run, Tally tally, Rest rest, Map<Limit, Long> limits, Subject subject) {
    RunReport report = new RunReport(run, tally, limits);
    synchronized (run) {
      report.write(rest, subject.options());
    }
    String footer = subject.recorded() ? FOOTER_OF_RECORDS : FOOTER;
    return new Page("fetch " + subject.list(), subject.list(), footer)
        .of(String.join(" · ", subject.facts()), report.body);
  }

  private void write(Rest rest, List<String> options) {
    totals(rest);
    timeline();
    body.add("<div class=\"pair\">");
    statuses();
    retries();
    body.add("</div>");
    errors();
    phases();
    waits();
    failingHosts();
    slowestHosts();
    busiestHosts();
    sizes();
    if (!options.isEmpty()) {
      body.beginCard("Options", "As given, without secrets.");
      body.add("<p class=\"options\"><code>%s</code></p>", String.join(" ", options));
      body.endCard();
    }
  }

  private void totals(Rest rest) {
    body.add("<dl class=\"totals\">");
    total("URLs", FigureFormat.whole(tally.urls()));
    total("ok", FigureFormat.whole(tally.ok()));
    total("failed", FigureFormat.whole(tally.failed()));
    switch (rest) {
      case Rest.None _ -> {}
      case Rest.Known(long entries) -> total("not reached", FigureFormat.whole(entries));
      case Rest.AtLeast(long entries) ->
          total("not reached", "at least " + FigureFormat.whole(entries));
    }
    total("retries", FigureFormat.whole(tally.retries()));
    total("elapsed", FigureFormat.seconds(tally.elapsedNanos() / NANOS) + " s");
    total("URLs/s", FigureFormat.rate(tally.urls() * NANOS / Math.max(1, tally.elapsedNanos())));
    total("size", QuantityFormat.size(tally.bytes()));
    body.add("</dl>");
  }

  private void total(String name, String value) {
    body.add("<div><dt>%s</dt><dd>%s</dd></div>", name, value);
  }

  private void timeline() {
    List<Bar> bars = run.series.bars(tally.elapsedNanos());
    body.beginCard("URLs per second", "Entries by the time at which they ended.");
    body.add("<ul class=\"legend\"><li><span class=\"key ok\"></span>ok</li>");
    body.add("<li><span class=\"key bad\"></span>failed</li></ul>");
    body.add(
        "<div class=\"scroll wide\" tabindex=\"0\">%s</div>",
        new TimelineChart(bars)
            .draw("URLs per second over time, ok and failed; the table has the figures"));
    HtmlTable grid = new HtmlTable("from").numbers("ok", "failed", "URLs/s");
    for (Bar bar : bars) {
      grid.row(
          FigureFormat.seconds(bar.nanos() / NANOS) + " s",
          FigureFormat.whole(bar.good()),
          FigureFormat.whole(bar.bad()),
          FigureFormat.rate(bar.perSecond(bar.good() + bar.bad())));
    }
    body.add("<details><summary>Figures</summary>");
    grid.write("URLs per second over time", body);
    body.add("</details>");
    body.endCard();
  }

  private void statuses() {
    HtmlTable grid = shares("status");
    long all = tally.urls();
    for (int status = 0; status < run.statuses.length; status++) {
      if (run.statuses[status] > 0) {
        share(grid, status == 0 ? "none" : "" + status, run.statuses[status], all);
      }
    }
    shown("Statuses", "Entries by the status of their last response.", grid);
  }

  private void retries() {
    HtmlTable grid = shares("retries");
    for (int i = 0; i < run.retries.length; i++) {
      if (run.retries[i] > 0) {
        boolean last = i == RunStatistics.MOST_RETRIES;
        share(grid, last ? i + " or more" : "" + i, run.retries[i], tally.urls());
      }
    }
    shown("Retries", "Entries by the number of times they were requested again.", grid);
  }

  private static HtmlTable shares(String heading) {
    return new HtmlTable(heading).numbers("entries").bar();
  }

  private static void share(HtmlTable grid, String name, long count, long all) {
    grid.row(name, FigureFormat.whole(count), Math.min(1, count / (double) Math.max(1, all)));
  }

  private void errors() {
    HtmlTable grid =
        new HtmlTable("error").numbers("entries").words("message of the first", "its URL");
    run.errors.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                (Map.Entry<FailureKind, ErrorCount> e) -> -e.getValue().entries()))
        .forEach(entry -> {
          ErrorCount count = entry.getValue();
          grid.row(
              entry.getKey().label(),
              FigureFormat.whole(count.entries()),
              count.example().message(),
              count.example().url());
        });
    shown("Errors", "Failed entries by their error.", grid);
  }

  private void phases() {
    List<Row> rows = new ArrayList<>();
    HtmlTable grid = new HtmlTable("phase").numbers("times", "p50", "p95", "p99", "longest");
    for (Phase phase : Phase.values()) {
      Latencies latencies = run.phases.times(phase);
      if (latencies.percentile(100) > 0) {
        rows.add(new Row(phase.label(), phase.style(), phase.things(), latencies));
        grid.row(
            phase.label(),
            FigureFormat.whole(latencies.count()),
            FigureFormat.latency(latencies.percentile(50)),
            FigureFormat.latency(latencies.percentile(95)),
            FigureFormat.latency(latencies.percentile(99)),
            FigureFormat.latency(latencies.percentile(100)));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    body.beginCard(
        "Latency by phase",
        "How long each phase of the requests took. Marks, from the tallest, are p50, p95 and p99.");
    body.add(
        "<div class=\"scroll wide\" tabindex=\"0\">%s</div>",
        new LatencyChart(rows)
            .draw("How long each phase of the requests took; the table has the percentiles"));
    grid.write("Latency by phase", body);
    body.endCard();
  }

  private void waits() {
    shown(
        "Waiting",
        "What entries waited for before their last attempt. Entries wait at the same time, so the"
            + " sum may exceed the time of the run.",
        WaitTables.waits(run.waits));
    shown(
        "Limits",
        "How long hosts had entries that a limit held back, summed over hosts. For --rate, how long"
            + " workers waited for it; for --limit-rate, the waits of all connections.",
        WaitTables.limits(limits, tally.elapsedNanos()));
  }

  private void failingHosts() {
    HtmlTable grid =
        new HtmlTable("host").numbers("failed").words("error", "message of the first", "its URL");
    List<Count> worst = run.failing.worst(MOST_HOSTS);
    for (Count host : worst) {
      String name = host.host();
      String count = FigureFormat.whole(host.sure()) + (host.excess() > 0 ? "+" : "");
      for (Map.Entry<FailureKind, FailureExample> example : host.examples().entrySet()) {
        grid.row(
            name,
            count,
            example.getKey().label(),
            example.getValue().message(),
            example.getValue().url());
        name = "";
        count = "";
      }
    }
    String some = run.failing.size() > worst.size() ? " The " + MOST_HOSTS + " worst." : "";
    String unsure =
        run.failing.isExact()
            ? ""
            : " There were too many failing hosts to count them exactly: + marks counts that may be"
                + " too low, and a host with fewer than one in "
                + FailingHosts.MOST_HOSTS
                + " of the failures may be missing.";
    shown("Hosts with the most failures", "Failed entries by host." + some + unsure, grid);
  }

  private void slowestHosts() {
    HtmlTable grid = new HtmlTable("host").numbers("slowest", "most of it", "end").words("URL");
    for (Slowest host : run.slowest.all()) {
      grid.row(host.host(), WaitTables.time(host.nanos()), host.phase(), host.end(), host.url());
    }
    shown("Slowest hosts", "By the slowest request of each host, without its wait.", grid);
  }

  private void busiestHosts() {
    HostTallies hosts = run.hosts.top(MOST_HOSTS);
    HtmlTable grid =
        new HtmlTable("host").numbers("entries", "ok", "failed", "retries", "size", "p50", "p95");
    for (HostTally host : hosts.top()) {
      grid.row(
          host.host(),
          FigureFormat.whole(host.urls()) + (host.missed() > 0 ? "+" : ""),
          FigureFormat.whole(host.ok()),
          FigureFormat.whole(host.failed()),
          FigureFormat.whole(host.retries()),
          QuantityFormat.size(host.bytes()),
          WaitTables.time(host.times().p50()),
          WaitTables.time(host.times().p95()));
    }
    String caption = "The hosts with the most entries.";
    if (!hosts.exact()) {
      caption +=
          " There were too many hosts to count them exactly: + marks counts that may be too low.";
    } else if (hosts.others() > 0) {
      caption += " There were " + FigureFormat.whole(hosts.others()) + " more.";
    }
    shown("Busiest hosts", caption, grid);
  }

  private void sizes() {
    HtmlTable grid = shares("size");
    BodySizes sizes = run.sizes;
    long all = 0;
    for (long count : sizes.classes) {
      all += count;
    }
    for (int i = 0; i < sizes.classes.length; i++) {
      if (sizes.classes[i] > 0) {
        share(grid, sizeClass(i), sizes.classes[i], all);
      }
    }
    String largest =
        sizes.largest == 0
            ? ""
            : " The largest has %s: %s"
                .formatted(QuantityFormat.size(sizes.largest), sizes.largestUrl);
    shown(
        "Sizes",
        "Bodies by size: %s on the wire, %s after decompression.%s"
            .formatted(
                QuantityFormat.size(sizes.downloaded),
                QuantityFormat.size(sizes.delivered),
                largest),
        grid);
  }

  private static String sizeClass(int index) {
    if (index == 0) {
      return "empty";
    }
    return index == BodySizes.BOUNDS.length
        ? "more than " + QuantityFormat.size(BodySizes.BOUNDS[index - 1])
        : "up to " + QuantityFormat.size(BodySizes.BOUNDS[index]);
  }

  /** A section with a table, unless the table is empty. */
  private void shown(String heading, String caption, HtmlTable grid) {
    if (!grid.isEmpty()) {
      body.beginCard(heading, caption);
      grid.write(heading, body);
      body.endCard();
    }
  }
}
