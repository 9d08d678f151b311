package fetch.cli;

import fetch.input.Source;
import fetch.usage.Command;
import fetch.usage.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** {@code fetch compare [OPTIONS] SOURCE...}: times the strategies on a list. */
final class CompareCommand {
  static final String WORD = "compare";

  private static final String INTRODUCTION =
      """
      Usage: fetch compare [OPTIONS] SOURCE...
      Fetches the same list with several strategies and numbers of workers, in turn,
      and tells how long each took and what it cost.

      Each run is a process of its own. The times are medians, from the start of the
      process to its end. The options from Input on are handed on to the runs.
      """;

  /** Some of the options of a group. */
  private record Some(String heading, List<OptionSpec> options) implements OptionGroup {}

  private final Console console;

  final FetchCommand fetch;
  final CompareOptions comparison = new CompareOptions();
  final CompareOutputOptions output = new CompareOutputOptions();

  /**
   * @param fetch whose options are handed on
   */
  CompareCommand(FetchCommand fetch, Console console) {
    this.fetch = fetch;
    this.console = console;
  }

  /** What means the same to each run as it does to fetch. */
  private List<OptionGroup> passed() {
    return List.of(
        fetch.politeness,
        fetch.retry,
        fetch.request,
        fetch.limits,
        fetch.network,
        new Some(fetch.bodies.heading(), List.of(fetch.bodies.hash())),
        new Some(fetch.success.heading(), List.of(fetch.success.accept())));
  }

  List<OptionGroup> groups() {
    List<OptionGroup> groups = new ArrayList<>(List.of(comparison, output, fetch.input));
    groups.addAll(passed());
    groups.add(fetch.general);
    return groups;
  }

  Command described() {
    return Described.command(
        WORD, "Time the strategies side by side on a list.", groups(), new Value.File());
  }

  /** Those that choose entries of the list. */
  List<PassedOption> inputOptions() {
    return PassedOption.of(List.of(fetch.input));
  }

  /** All others that the runs are given. */
  List<PassedOption> passedOptions() {
    return PassedOption.of(passed());
  }

  int execute(String... args) {
    Parser parser = fetch.parser(groups());
    try {
      parser.parse(args);
      if (fetch.general.help()) {
        return fetch.print(Help.text(INTRODUCTION, groups()));
      }
      if (fetch.general.version()) {
        return fetch.print(Version.line() + "\n");
      }
      List<Source> sources = fetch.sources();
      FileRoles.of(this, sources, parser.files()).check();
      new CredentialRule(fetch).scope(sources);
      return new CompareRun(this, console).execute(sources);
    } catch (UsageException e) {
      return usageError(parser.withOrigins(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      console.say(IoMessages.of(e));
      return ExitCode.IO;
    }
  }

  private int usageError(String message) {
    console.say(message);
    console.err().println("Try 'fetch compare --help' for the options.");
    return ExitCode.USAGE;
  }
}
