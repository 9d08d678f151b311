package fetch.cli;

import fetch.cli.options.BodyOptions;
import fetch.cli.options.CommandDescriptions;
import fetch.cli.options.CompareOptions;
import fetch.cli.options.CompareOutputOptions;
import fetch.cli.options.CookieOptions;
import fetch.cli.options.CredentialOptions;
import fetch.cli.options.CredentialRule;
import fetch.cli.options.GeneralOptions;
import fetch.cli.options.HostSections;
import fetch.cli.options.InputList;
import fetch.cli.options.InputOptions;
import fetch.cli.options.LimitOptions;
import fetch.cli.options.NetworkOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.OptionNames;
import fetch.cli.options.Parser;
import fetch.cli.options.PassedOption;
import fetch.cli.options.PolitenessOptions;
import fetch.cli.options.RequestOptions;
import fetch.cli.options.RetryOptions;
import fetch.cli.options.ShardNames;
import fetch.cli.options.SomeOptions;
import fetch.cli.options.SuccessOptions;
import fetch.cli.options.UsageException;
import fetch.cli.usage.Command;
import fetch.cli.usage.Value;
import fetch.input.Shard;
import fetch.input.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs {@code fetch compare}, which compares the speed of the strategies. */
final class CompareCommand {
  static final String WORD = "compare";

  private static final String INTRODUCTION =
      """
      Usage: fetch compare [OPTIONS] SOURCE...
      Fetches the same list with several strategies and numbers of workers in turn.
      Prints the time and the resources that each needed.

      Each run is a separate process. Times are medians, from start to exit of the
      process. The runs get the options from Input on.
      """;

  private final List<OptionGroup> known;
  private final Console console;
  private final Map<String, String> environment;

  final CompareOptions comparison = new CompareOptions();
  final CompareOutputOptions output = new CompareOutputOptions();
  final InputOptions input = new InputOptions();
  final RequestOptions request = new RequestOptions();
  final CredentialOptions credentials = new CredentialOptions();
  private final CookieOptions cookies = new CookieOptions();
  final Operands operands;

  private final PolitenessOptions politeness = new PolitenessOptions();
  private final RetryOptions retry = new RetryOptions();
  private final LimitOptions limits = new LimitOptions();
  private final NetworkOptions network = new NetworkOptions();
  private final BodyOptions bodies = new BodyOptions();
  private final SuccessOptions success = new SuccessOptions();
  private final GeneralOptions general = new GeneralOptions();

  /**
   * @param known the options that the settings may contain
   */
  CompareCommand(List<OptionGroup> known, Console console, Map<String, String> environment) {
    this.known = known;
    this.console = console;
    this.environment = environment;
    this.operands = new Operands(console);
  }

  /** The groups whose options are passed to each run. */
  private List<OptionGroup> passed() {
    return List.of(
        politeness,
        retry,
        request,
        credentials,
        new SomeOptions(cookies.heading(), cookies.sent()),
        limits,
        network,
        new SomeOptions(bodies.heading(), List.of(bodies.hash())),
        new SomeOptions(success.heading(), success.ofResponses()));
  }

  List<OptionGroup> groups() {
    List<OptionGroup> groups = new ArrayList<>(List.of(comparison, output, input));
    groups.addAll(passed());
    groups.add(general);
    return groups;
  }

  Command described() {
    return CommandDescriptions.command(
        WORD, "Compare the speed of the strategies on a list.", groups(), new Value.File());
  }

  /** The options that select entries of the list. */
  List<PassedOption> inputOptions() {
    return PassedOption.of(List.of(input));
  }

  /** The other options that are passed to the runs. */
  List<PassedOption> passedOptions() {
    return PassedOption.of(passed());
  }

  Parser parser() {
    return new Parser(groups(), operands.spec(), known, environment);
  }

  int execute(String... args) {
    Parser parser = parser();
    return new Invocation(
            "fetch " + WORD, parser, general, () -> Help.text(INTRODUCTION, groups()), console)
        .execute(args, () -> compare(parser));
  }

  private int compare(Parser parser) throws IOException {
    List<Source> sources = operands.sources(input.lists());
    request.check(sources.stream().anyMatch(Source.StandardInput.class::isInstance));
    if (request.readsStandardInput()) {
      throw new UsageException("compare cannot send standard input with each run; use a file");
    }
    HostSections hosts = new HostSections(parser.sections(), new OptionNames(known));
    FileRoles files = files(sources, parser.files());
    hosts.settings(); // checks the sections
    files.readCertificates(hosts);
    files.check();
    new CredentialRule(credentials, cookies, request, network).scope(list(sources));
    return new CompareRun(this, parser.sections(), console).execute(sources);
  }

  InputList list(List<Source> sources) throws UsageException {
    Shard part = input.shard(environment);
    return input.list(ShardNames.sources(sources, part), ShardNames.part(sources, part));
  }

  private FileRoles files(List<Source> sources, Set<String> settings) throws UsageException {
    FileRoles roles = new FileRoles();
    roles.write("--report", output.report());
    roles.readSources(sources);
    roles.readRequestFiles(request, network);
    roles.keepCookies(cookies);
    roles.read("--netrc", credentials.netrcFile(environment));
    roles.readSettings(settings);
    return roles;
  }
}
