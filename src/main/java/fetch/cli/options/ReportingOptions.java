package fetch.cli.options;

import fetch.output.SummaryFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for progress, metrics and the summary. */
public final class ReportingOptions implements OptionGroup {
  private static final int MOST_HOSTS = 1000;
  private static final int HOSTS_IN_MARKDOWN = 10;

  private final OptionSpec dryRun =
      OptionGroup.flag(
          "Fetch nothing: count entries, bad lines and hosts, and print the least time"
              + " the rates allow.",
          "--dry-run");

  private final OptionSpec progress =
      when(
          "Show progress: auto (on a terminal), always (elsewhere a line every 10s) or"
              + " never. Default: auto.",
          "--progress");

  private final OptionSpec color =
      when(
          "Colour text: auto (on a terminal, unless NO_COLOR is set), always or never."
              + " Default: auto.",
          "--color");

  private final OptionSpec metrics =
      OptionGroup.option(
              "FILE",
              "Write Prometheus metrics to this file, for node_exporter's textfile"
                  + " collector. Updated every 15s and at the end.",
              "--metrics")
          .type(Path.class)
          .converters(Converters.of(ReportingOptions::file))
          .build();

  private final OptionSpec report =
      OptionGroup.option(
              "FILE",
              "Write an HTML page about the run at its end: speed, errors, latencies, hosts.",
              "--report")
          .type(Path.class)
          .converters(Converters.of(ReportingOptions::file))
          .build();

  private final OptionSpec summaryHosts =
      OptionGroup.option(
              "N",
              "Add a table of the N hosts with the most URLs to the summary, in markdown with"
                  + " the most failures. Default: 10 in markdown, else 0.",
              "--summary-hosts")
          .type(Integer.class)
          .converters(Converters.of(text -> (int) Converters.number(text, 0, MOST_HOSTS)))
          .build();

  private static OptionSpec when(String description, String name) {
    return OptionGroup.option("WHEN", description, name)
        .type(When.class)
        .converters(Converters.of(text -> Converters.choice(When.class, text)))
        .defaultValue("auto")
        .build();
  }

  @Override
  public String heading() {
    return "Reporting";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(dryRun, progress, color, metrics, report, summaryHosts);
  }

  /** The options of summaries. */
  public List<OptionSpec> ofSummary() {
    return List.of(summaryHosts);
  }

  /** The options of the HTML report. */
  public List<OptionSpec> ofReport() {
    return List.of(report);
  }

  public boolean dryRun() {
    return dryRun.getValue();
  }

  public When color() {
    return color.getValue();
  }

  private static Path file(String text) {
    if (text.equals("-")) {
      throw new IllegalArgumentException("it must be a file, which fetch replaces");
    }
    return Converters.path(text);
  }

  /** The metrics file, null for none. */
  public @Nullable Path metrics() {
    return metrics.getValue();
  }

  /** The file for the HTML report, null for none. */
  public @Nullable Path report() {
    return report.getValue();
  }

  /** The number of hosts in a summary of this format, null for no summary. */
  public int summaryHosts(@Nullable SummaryFormat format) {
    Integer given = summaryHosts.getValue();
    int usual = format == SummaryFormat.MARKDOWN ? HOSTS_IN_MARKDOWN : 0;
    return given == null ? usual : given;
  }

  public When progress() {
    return progress.getValue();
  }
}
