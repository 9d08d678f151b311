package fetch.cli;

import fetch.cli.options.BodyOptions;
import fetch.cli.options.CommandDescriptions;
import fetch.cli.options.DurabilityOptions;
import fetch.cli.options.EngineOptions;
import fetch.cli.options.GeneralOptions;
import fetch.cli.options.HostSections;
import fetch.cli.options.InputList;
import fetch.cli.options.InputOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.OptionNames;
import fetch.cli.options.OutputOptions;
import fetch.cli.options.Parser;
import fetch.cli.options.ReportingOptions;
import fetch.cli.options.ShardNames;
import fetch.cli.options.UsageException;
import fetch.cli.options.WarcOptions;
import fetch.cli.usage.Command;
import fetch.cli.usage.Typo;
import fetch.cli.usage.Value;
import fetch.engine.HostSettings;
import fetch.engine.ListDownloads;
import fetch.engine.Settings;
import fetch.http.settings.CredentialScope;
import fetch.input.Shard;
import fetch.input.Source;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses {@code fetch [OPTIONS] [SOURCE...]} and starts the run. */
final class FetchCommand {
  private final Console console;
  private final Map<String, String> environment;
  private final Runnable atStart;

  private final InputOptions input = new InputOptions();
  private final EngineOptions engine = new EngineOptions();
  private final BodyOptions bodies = new BodyOptions();
  private final WarcOptions warc = new WarcOptions();
  private final OutputOptions output = new OutputOptions();
  private final ReportingOptions reporting = new ReportingOptions();
  private final DurabilityOptions durability = new DurabilityOptions();
  private final GeneralOptions general = new GeneralOptions();
  private final Operands operands;

  FetchCommand(Console console, Map<String, String> environment) {
    this(console, environment, () -> {});
  }

  /**
   * @param atStart called when a run begins
   */
  FetchCommand(Console console, Map<String, String> environment, Runnable atStart) {
    this.console = console;
    this.environment = environment;
    this.atStart = atStart;
    this.operands = new Operands(console);
  }

  List<OptionGroup> groups() {
    List<OptionGroup> groups = new ArrayList<>();
    groups.add(input);
    groups.addAll(engine.groups());
    groups.addAll(List.of(bodies, warc, output, reporting, durability, engine.success(), general));
    return List.copyOf(groups);
  }

  /** The program and its commands. */
  List<Command> commands() {
    return List.of(
        CommandDescriptions.command("", "Fetch a list of URLs.", groups(), new Value.File()),
        compare().described(),
        split().described(),
        merge().described(),
        summary().described(),
        completion().described());
  }

  private CompareCommand compare() {
    return new CompareCommand(groups(), console, environment);
  }

  private SplitCommand split() {
    return new SplitCommand(groups(), console, environment);
  }

  private MergeCommand merge() {
    return new MergeCommand(groups(), console, environment);
  }

  private SummaryCommand summary() {
    return new SummaryCommand(groups(), console, environment);
  }

  private CompletionCommand completion() {
    return new CompletionCommand(groups(), this::commands, console, environment);
  }

  /** Runs the program with these arguments and returns its exit code. */
  int execute(String... args) {
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    return switch (args.length == 0 ? "" : args[0]) {
      case CompareCommand.WORD -> compare().execute(rest);
      case SplitCommand.WORD -> split().execute(rest);
      case MergeCommand.WORD -> merge().execute(rest);
      case SummaryCommand.WORD -> summary().execute(rest);
      case CompletionCommand.WORD -> completion().execute(rest);
      default -> run(args);
    };
  }

  private int run(String... args) {
    Parser parser = parser();
    return new Invocation("fetch", parser, general, () -> Help.text(groups()), console)
        .execute(args, () -> run(parser, args));
  }

  private int run(Parser parser, String... args) throws IOException {
    if (output.verbosity() > 0) {
      parser.origins().forEach(console::say);
    }
    refuseMisspelt(args);
    return execute(parser);
  }

  Parser parser() {
    return new Parser(groups(), operands.spec(), groups(), environment);
  }

  /** Checks the options against each other, and starts the run. */
  private int execute(Parser parser) throws IOException {
    Shard part = input.shard(environment);
    ShardNames.fill(groups(), part);
    bodies.check(warc.archives());
    output.check();
    engine.cookies().check();
    List<Source> given = operands.sources(input.lists());
    List<Source> sources = ShardNames.sources(given, part);
    InputList list = input.list(sources, ShardNames.part(given, part));
    engine.request().check(list.readsStandardInput());
    engine.request().checkHead(list.hasEntryOptions());
    engine.success().check(engine.request().method());
    durability.check(output, engine.request().method(), list.unique());
    FileRoles files = files(sources, parser.files());
    HostSections hosts = new HostSections(parser.sections(), new OptionNames(groups()));
    Map<String, HostSettings> ofHosts = hosts.settings();
    files.readCertificates(hosts);
    files.check();
    CredentialScope scope = engine.scope(list);
    list = list.withQuery(engine.request().query(console.in()));
    if (!list.mayBeElsewhere()) {
      return execute(
          list, files, ofHosts, () -> engine.settings(scope, ofHosts, environment, console.in()));
    }
    Settings settings = engine.settings(scope, ofHosts, environment, console.in());
    try (ListDownloads lists = new ListDownloads(settings)) {
      return execute(list.fetchedBy(lists), files, ofHosts, () -> settings);
    }
  }

  /** Assembles the settings of the engine. Reads files and standard input, so it is called once. */
  private interface SettingsSource {
    Settings get() throws IOException;
  }

  private int execute(
      InputList list, FileRoles files, Map<String, HostSettings> hosts, SettingsSource source)
      throws IOException {
    if (reporting.dryRun()) {
      return new DryRun(engine.politeness().preview(hosts), console).execute(list);
    }
    Settings settings = source.get();
    Report report = new Report(reporting.report(), operands.given(), groups(), console);
    report.check();
    atStart.run();
    try (RunLock _ = RunLock.take(durability.lock());
        ProgressDisplay display =
            ProgressDisplay.of(reporting.progress(), output, list, console, environment)) {
      return new Run(options(settings), list, files, display, report, environment).execute();
    }
  }

  private RunOptions options(Settings settings) {
    RunOptions.Kept kept = new RunOptions.Kept(bodies, warc, engine.cookies());
    RunOptions.End end = new RunOptions.End(engine.limits(), engine.success(), groups());
    return new RunOptions(settings, output, durability, kept, reporting, end);
  }

  private FileRoles files(List<Source> sources, Set<String> settings) throws UsageException {
    FileRoles roles = new FileRoles();
    roles.write("--metrics", reporting.metrics());
    roles.write("--report", reporting.report());
    roles.write("--lock", durability.lock());
    roles.write("--save", bodies.root());
    roles.keepCookies(engine.cookies());
    roles.writeOutput(output.output(), durability.mostBytes());
    roles.writeArchive(warc.file());
    roles.read("--since", output.since());
    roles.readSources(sources);
    roles.readRequestFiles(engine.request(), engine.network());
    roles.read("--netrc", engine.credentials().netrcFile(environment));
    roles.readSettings(settings);
    roles.writeStandardError();
    return roles;
  }

  /** Suggests a command when the first argument is neither a file nor a command. */
  private void refuseMisspelt(String... args) throws UsageException {
    String first = args.length == 0 ? "" : args[0];
    if (isWord(first) && !new File(first).exists()) {
      List<String> words = commands().stream().map(Command::word).toList();
      String meant = Typo.meant(first, words);
      if (meant != null) {
        throw new UsageException(
            "there is no file " + first + "; did you mean the command " + meant + "?");
      }
    }
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
