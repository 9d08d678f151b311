package fetch.cli;

import fetch.Quantity;
import fetch.cli.options.CommandDescriptions;
import fetch.cli.options.GeneralOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.OutputOptions;
import fetch.cli.options.Parser;
import fetch.cli.options.ReportingOptions;
import fetch.cli.options.SomeOptions;
import fetch.cli.usage.Command;
import fetch.cli.usage.Value;
import fetch.file.ReplacedFile;
import fetch.http.url.HttpUrlParser;
import fetch.output.Delays;
import fetch.output.SummaryFormat;
import fetch.output.SummaryFormat.Rest;
import fetch.output.SummaryFormat.Summary;
import fetch.report.RunReport;
import fetch.results.ResultTotals;
import fetch.results.ResultsReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Runs {@code fetch summary}, which adds up the results of earlier runs. */
final class SummaryCommand {
  static final String WORD = "summary";

  private static final String INTRODUCTION =
      """
      Usage: fetch summary [OPTIONS] RESULTS...
      Prints the summary of results, as at the end of a run, on standard output.

      RESULTS are jsonl, csv or tsv files. The time is from the start of the first
      request to the end of the last. Each record counts; fetch merge finds entries
      with several.
      """;

  private final List<OptionGroup> known;
  private final Console console;
  private final Map<String, String> environment;
  private final OutputOptions output = new OutputOptions();
  private final ReportingOptions reporting = new ReportingOptions();
  private final GeneralOptions general = new GeneralOptions();
  private final ResultOperands operands = new ResultOperands();

  /**
   * @param known the options that the settings may contain
   */
  SummaryCommand(List<OptionGroup> known, Console console, Map<String, String> environment) {
    this.known = known;
    this.console = console;
    this.environment = environment;
  }

  List<OptionGroup> groups() {
    List<OptionSpec> summary = new ArrayList<>(output.ofSummaryOnly());
    summary.addAll(reporting.ofSummary());
    summary.addAll(reporting.ofReport());
    return List.of(new SomeOptions("Summary", summary), general);
  }

  Command described() {
    return CommandDescriptions.command(
        WORD, "Print the summary of results, or write their report.", groups(), new Value.File());
  }

  int execute(String... args) {
    Parser parser = new Parser(groups(), operands.spec(), known, environment);
    return new Invocation(
            "fetch " + WORD, parser, general, () -> Help.text(INTRODUCTION, groups()), console)
        .execute(args, () -> summarize(operands.paths()));
  }

  private int summarize(List<Path> paths) throws IOException {
    ReplacedFile page = page(paths);
    ResultsReading results = new ResultsReading(paths, new HttpUrlParser());
    ResultTotals totals = results.totals();
    results.tornEnds().forEach(console::say);
    SummaryFormat asked = output.summary();
    SummaryFormat format = asked == null ? SummaryFormat.TEXT : asked;
    if (page != null) {
      page.write(
          RunReport.of(
              results.statistics(totals),
              totals.tally(),
              new Rest.None(),
              Map.of(),
              subject(paths)));
    }
    return console.print(text(totals, format, reporting.summaryHosts(format)) + "\n");
  }

  private @Nullable ReplacedFile page(List<Path> paths) throws IOException {
    Path file = reporting.report();
    if (file == null) {
      return null;
    }
    FileRoles roles = new FileRoles();
    roles.write("--report", file);
    for (Path path : paths) {
      roles.readResults(path);
    }
    roles.check();
    ReplacedFile page = new ReplacedFile(file, false);
    page.check();
    return page;
  }

  private static RunReport.Subject subject(List<Path> paths) {
    String first = paths.getFirst().toString();
    String files = Quantity.of(paths.size(), "file") + " of results";
    return new RunReport.Subject(
        first + (paths.size() > 1 ? " and more" : ""),
        List.of(files, Version.line()),
        List.of(),
        true);
  }

  /** The summary of results. */
  static String text(ResultTotals totals, SummaryFormat format, int hosts) {
    return format.format(
        new Summary(
            totals.tally(),
            new Rest.None(),
            totals.hosts(hosts),
            totals.changes(),
            Delays.NONE,
            null));
  }
}
