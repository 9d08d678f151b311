package fetch.spark;

import fetch.HttpSyntax;
import fetch.cli.options.BodyOptions;
import fetch.cli.options.CookieOptions;
import fetch.cli.options.DurabilityOptions;
import fetch.cli.options.EngineOptions;
import fetch.cli.options.GeneralOptions;
import fetch.cli.options.HelpText;
import fetch.cli.options.InputOptions;
import fetch.cli.options.LimitOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.OutputOptions;
import fetch.cli.options.Parser;
import fetch.cli.options.PassedOption;
import fetch.cli.options.PassedSettings;
import fetch.cli.options.ReportingOptions;
import fetch.cli.options.SuccessOptions;
import fetch.cli.options.UsageException;
import fetch.cli.options.WarcOptions;
import fetch.engine.HostSettings;
import fetch.engine.Release;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options of a job: those of the command line, by the same parser, and its own. Options without
 * a meaning on Spark are rejected by name.
 */
final class JobOptions {
  /** Options outside the engine's groups with the same meaning on Spark. */
  private static final Set<String> SHARED =
      Set.of(
          "--url-column",
          "--no-entry-options",
          "--limit",
          "--unique",
          "--url-template",
          "--by",
          "--include-headers",
          "--include-redirects",
          "--include-body",
          "--quiet",
          "--no-summary",
          "--summary",
          "--report",
          "--hash");

  /** Options of the engine's groups without a meaning on Spark. */
  private static final Set<String> REFUSED = Set.of("--cookie-jar", "--deadline", "--fail-if");

  private static final String INTRODUCTION =
      """
      Usage: spark-submit --class fetch.spark.FetchJob fetch-spark.jar [OPTIONS] -o DIR
             SOURCE...
      Fetches lists of URLs on Apache Spark and writes one record for each.

      SOURCE is a file with one URL per line, or a table with a column of URLs.
      """;

  /** A subset of the options of a group. */
  private record Some(String heading, List<OptionSpec> options) implements OptionGroup {}

  private final SparkOptions spark = new SparkOptions();
  private final EngineOptions engine = new EngineOptions();
  private final InputOptions input = new InputOptions();
  private final OutputOptions output = new OutputOptions();
  private final BodyOptions bodies = new BodyOptions();
  private final ReportingOptions reporting = new ReportingOptions();
  private final GeneralOptions general = new GeneralOptions();
  private final List<OptionGroup> refused = new ArrayList<>();
  private final List<OptionGroup> accepted = new ArrayList<>();
  private final Map<String, String> environment;
  private final Parser parser;

  private final PositionalParamSpec operands =
      PositionalParamSpec.builder()
          .paramLabel("SOURCE")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .arity("0..*")
          .description("A file with a URL on each line, or a table with a column of URLs.")
          .build();

  private JobOptions(Map<String, String> environment) {
    this.environment = environment;
    Set<String> own = names(spark);
    accepted.add(spark);
    for (OptionGroup group : engineGroups()) {
      accepted.add(some(group, name -> !REFUSED.contains(name)));
      refused.add(some(group, REFUSED::contains));
    }
    List<OptionGroup> others = new ArrayList<>(List.of(input, output, bodies));
    others.addAll(List.of(reporting, new WarcOptions(), new DurabilityOptions()));
    for (OptionGroup group : others) {
      accepted.add(some(group, SHARED::contains));
      refused.add(some(group, name -> !SHARED.contains(name) && !own.contains(name)));
    }
    accepted.add(general);
    List<OptionGroup> all = new ArrayList<>(accepted);
    all.addAll(refused);
    this.parser = new Parser(all, operands, settable(), environment);
  }

  /**
   * The options that config files may set for every command. Those that a job does not have, or
   * with another meaning here, are ignored.
   */
  private List<OptionGroup> settable() {
    List<OptionGroup> settable =
        new ArrayList<>(
            List.of(
                new InputOptions(),
                new OutputOptions(),
                new BodyOptions(),
                new WarcOptions(),
                new ReportingOptions(),
                new DurabilityOptions()));
    settable.addAll(List.of(new CookieOptions(), new LimitOptions(), new SuccessOptions()));
    accepted.stream().filter(group -> !group.equals(spark)).forEach(settable::add);
    return settable;
  }

  private List<OptionGroup> engineGroups() {
    List<OptionGroup> groups = new ArrayList<>(engine.groups());
    groups.add(engine.success());
    return groups;
  }

  private static Set<String> names(OptionGroup group) {
    Set<String> names = new HashSet<>();
    group.options().forEach(option -> names.add(option.longestName()));
    return names;
  }

  private static OptionGroup some(
      OptionGroup group, java.util.function.Predicate<String> isChosen) {
    return new Some(
        group.heading(),
        group.options().stream().filter(option -> isChosen.test(option.longestName())).toList());
  }

  /**
   * Parses a command line.
   *
   * @param environment has proxies, FETCH_OPTS, and the place of the config file
   */
  static JobOptions parse(Map<String, String> environment, List<String> words)
      throws UsageException {
    JobOptions options = new JobOptions(environment);
    options.parser.parse(words.toArray(String[]::new));
    if (!options.wantsHelp()) {
      options.check();
    }
    return options;
  }

  private void check() throws UsageException {
    for (PassedOption option : PassedOption.of(refused)) {
      throw new UsageException(Refusals.of(option.name()));
    }
    if (spark.archives()
        && sources().stream().anyMatch(name -> name.matches(".*\\.warc(\\.gz)?"))) {
      throw new UsageException(
          "--warc takes no FILE on Spark: each chunk of records has an archive of its name");
    }
    output.check();
    engine.request().check(true);
    if (engine.request().readsStandardInput()) {
      throw new UsageException("a job has no standard input to send; use a file");
    }
    engine.request().checkHead(true);
    engine.success().check(engine.request().method());
    if (!allows(engine.request().method())) {
      throw new UsageException(
          engine.request().method()
              + " needs --at-least-once: when an executor is lost, its requests in flight are sent"
              + " again, though the server may have acted on them");
    }
  }

  /** Whether a request may be sent, although it could be sent twice. */
  boolean allows(String method) {
    return spark.atLeastOnce() || HttpSyntax.isIdempotent(method);
  }

  SparkOptions spark() {
    return spark;
  }

  EngineOptions engine() {
    return engine;
  }

  InputOptions input() {
    return input;
  }

  OutputOptions output() {
    return output;
  }

  BodyOptions bodies() {
    return bodies;
  }

  /** The HTML report of the job, null for none. */
  @Nullable ReportPage report() {
    Path file = reporting.report();
    return file == null ? null : ReportPage.of(file);
  }

  /** The options as they were given, without secrets. */
  List<String> shown() {
    return PassedOption.of(accepted).stream().map(PassedOption::shown).toList();
  }

  /** What archives say about the job. */
  String warcInformation() {
    return WarcOptions.information(
        "fetch " + Release.number() + " on Spark",
        engine.politeness().obeysRobots(),
        PassedOption.of(accepted));
  }

  boolean wantsHelp() {
    return general.help();
  }

  /** The help text. */
  String help() {
    return HelpText.of(INTRODUCTION, accepted);
  }

  /** The lists as given. */
  List<String> sources() {
    @Nullable List<String> given = operands.getValue();
    return given == null ? List.of() : given;
  }

  /** The text to append to the query of each URL, null for none. */
  @Nullable String query() throws UsageException {
    return engine.request().query(InputStream.nullInputStream());
  }

  /** The settings that give an executor the same options. */
  JobSettings settings(String job) throws IOException {
    return new JobSettings(job, PassedSettings.of(parser, accepted), passedEnvironment(), 1);
  }

  /** The variables with proxies, and those that locate users and passwords. */
  private Map<String, String> passedEnvironment() throws UsageException {
    Map<String, String> passed = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.toLowerCase(Locale.ROOT).endsWith("_proxy")) {
        passed.put(name, value);
      }
    });
    Path netrc = engine.credentials().netrcFile(environment);
    if (netrc != null) {
      passed.put("NETRC", netrc.toAbsolutePath().toString());
    }
    return passed;
  }

  /** The settings of hosts, as passed on. */
  Map<String, HostSettings> hosts(PassedSettings passed) throws IOException {
    return passed.hosts(accepted);
  }
}
