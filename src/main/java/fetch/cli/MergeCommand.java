package fetch.cli;

import fetch.Quantity;
import fetch.cli.options.CommandDescriptions;
import fetch.cli.options.GeneralOptions;
import fetch.cli.options.IoMessages;
import fetch.cli.options.MergeOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.OutputOptions;
import fetch.cli.options.Parser;
import fetch.cli.options.ReportingOptions;
import fetch.cli.options.SomeOptions;
import fetch.cli.options.UsageException;
import fetch.cli.usage.Command;
import fetch.cli.usage.Value;
import fetch.file.OwnFile;
import fetch.file.ReplacedFile;
import fetch.http.url.HttpUrlParser;
import fetch.output.SummaryFormat;
import fetch.results.ResultTotals;
import fetch.results.ResultsMerge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Runs {@code fetch merge}, which joins the results of shards in the order of the list. */
final class MergeCommand {
  static final String WORD = "merge";

  private static final String INTRODUCTION =
      """
      Usage: fetch merge [OPTIONS] RESULTS...
      Joins results in the order of their positions, and prints the summary of all.

      RESULTS are jsonl, csv or tsv files with the field urlnum. Of several records of
      an entry, the last one that is ok is taken, else the last. Exits with code 1 if
      an entry has no record, or several that are ok.
      """;

  private final List<OptionGroup> known;
  private final Console console;
  private final Map<String, String> environment;
  private final MergeOptions merge = new MergeOptions();
  private final OutputOptions output = new OutputOptions();
  private final ReportingOptions reporting = new ReportingOptions();
  private final GeneralOptions general = new GeneralOptions();
  private final ResultOperands operands = new ResultOperands();

  /**
   * @param known the options that the settings may contain
   */
  MergeCommand(List<OptionGroup> known, Console console, Map<String, String> environment) {
    this.known = known;
    this.console = console;
    this.environment = environment;
  }

  List<OptionGroup> groups() {
    List<OptionSpec> summary = new ArrayList<>(output.ofSummary());
    summary.addAll(reporting.ofSummary());
    return List.of(merge, new SomeOptions("Summary", summary), general);
  }

  Command described() {
    return CommandDescriptions.command(
        WORD, "Join results in the order of the list.", groups(), new Value.File());
  }

  int execute(String... args) {
    Parser parser = new Parser(groups(), operands.spec(), known, environment);
    return new Invocation(
            "fetch " + WORD, parser, general, () -> Help.text(INTRODUCTION, groups()), console)
        .execute(args, this::mergeOrLeave);
  }

  private int mergeOrLeave() throws IOException {
    try {
      return merge(operands.paths());
    } catch (IOException e) {
      if (merge.output() == null && IoMessages.isBrokenPipe(e)) {
        return ExitCode.CLOSED_OUTPUT;
      }
      throw e;
    }
  }

  private int merge(List<Path> paths) throws IOException {
    checkFiles(paths);
    List<Path> lists = merge.lists();
    long entries = lists.isEmpty() ? merge.entries() : ExpectedEntries.count(lists);
    ResultsMerge results =
        new ResultsMerge(paths, merge.format(), merge.fields(), new HttpUrlParser());
    String unknown = results.unknownField();
    if (unknown != null) {
      throw new UsageException("--fields: the results do not have " + unknown);
    }
    results.tornEnds().forEach(console::say);
    SummaryFormat format = output.summary();
    ResultTotals totals = format == null || !results.hasErrors() ? null : new ResultTotals();
    write(results, totals);
    List<String> faults = results.faults(entries);
    faults.forEach(console::say);
    if (results.replaced() > 0 && !output.quiet()) {
      console.say(
          Quantity.having(results.replaced(), "entry")
              + " other records of failures, which were left out");
    }
    if (format != null && totals != null) {
      console.err().println(SummaryCommand.text(totals, format, reporting.summaryHosts(format)));
    }
    return faults.isEmpty() ? ExitCode.OK : ExitCode.SOME_FAILED;
  }

  private void checkFiles(List<Path> paths) throws IOException {
    Path file = merge.output();
    if (file != null) {
      FileRoles roles = new FileRoles();
      roles.writeResults(file);
      for (Path path : paths) {
        roles.readResults(path);
      }
      roles.check();
      new ReplacedFile(file, false).check();
    }
  }

  private void write(ResultsMerge results, @Nullable ResultTotals totals) throws IOException {
    Path file = merge.output();
    if (file == null) {
      try (OutputStream out = OutputStreams.open(null, console)) {
        results.writeTo(out, temporary(Path.of(System.getProperty("java.io.tmpdir"))), totals);
      }
      return;
    }
    Path parent = file.toAbsolutePath().getParent();
    Path directory =
        parent == null || (Files.exists(file) && !Files.isRegularFile(file))
            ? Path.of(System.getProperty("java.io.tmpdir"))
            : parent;
    AtomicReference<@Nullable Path> unfinished = new AtomicReference<>();
    try (ExitHook _ = ExitHook.of(() -> delete(unfinished.get()))) {
      new ReplacedFile(file, false)
          .write(out -> results.writeTo(out, temporary(directory), totals), unfinished::set);
    }
  }

  private static Supplier<Path> temporary(Path directory) {
    return () -> OwnFile.temporaryBeside(directory.resolve("fetch-merge"));
  }

  private static void delete(@Nullable Path unfinished) {
    try {
      if (unfinished != null) {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      // The process ends; a temporary file is left behind.
    }
  }
}
