package fetch.cli;

import fetch.http.CredentialScope;
import fetch.input.Source;
import fetch.usage.Command;
import fetch.usage.Typo;
import fetch.usage.Value;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code fetch [OPTIONS] [SOURCE...]}: understands the command line and starts the run. */
final class FetchCommand {
  private static final String STANDARD_INPUT = "-";

  /** What no list file is called: a scheme and two slashes. */
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  private final Console console;
  private final Map<String, String> environment;
  private final Runnable atStart;

  final InputOptions input = new InputOptions();
  final StrategyOptions strategy = new StrategyOptions();
  final PolitenessOptions politeness = new PolitenessOptions();
  final RetryOptions retry = new RetryOptions();
  final RequestOptions request = new RequestOptions();
  final LimitOptions limits = new LimitOptions();
  final NetworkOptions network = new NetworkOptions();
  final BodyOptions bodies = new BodyOptions();
  final WarcOptions warc = new WarcOptions();
  final OutputOptions output = new OutputOptions();
  final ReportingOptions reporting = new ReportingOptions();
  final DurabilityOptions durability = new DurabilityOptions();
  final SuccessOptions success = new SuccessOptions();
  final GeneralOptions general = new GeneralOptions();

  private FileRoles files = new FileRoles();

  private final PositionalParamSpec sources =
      PositionalParamSpec.builder()
          .paramLabel("SOURCE")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .arity("0..*")
          .description("A file with a URL on each line, - for standard input, or a URL.")
          .build();

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
  }

  List<OptionGroup> groups() {
    return List.of(
        input,
        strategy,
        politeness,
        retry,
        request,
        limits,
        network,
        bodies,
        warc,
        output,
        reporting,
        durability,
        success,
        general);
  }

  /** The program itself, and what it does at certain first words. */
  List<Command> commands() {
    return List.of(
        Described.command("", "Fetch a list of URLs.", groups(), new Value.File()),
        new CompareCommand(this, console).described(),
        new CompletionCommand(this, console, environment).described());
  }

  /** Runs the program with these arguments and returns its exit code. */
  int execute(String... args) {
    if (args.length > 0 && args[0].equals(CompareCommand.WORD)) {
      return new CompareCommand(this, console).execute(Arrays.copyOfRange(args, 1, args.length));
    }
    if (args.length > 0 && args[0].equals(CompletionCommand.WORD)) {
      return new CompletionCommand(this, console, environment)
          .execute(Arrays.copyOfRange(args, 1, args.length));
    }
    Parser parser = parser(groups());
    try {
      parser.parse(args);
      if (general.help()) {
        return print(Help.text(groups()));
      }
      if (general.version()) {
        return print(Version.line() + "\n");
      }
      if (output.verbosity() > 0) {
        parser.tellOrigins(console);
      }
      refuseMisspelt(args);
      bodies.check(warc.archives());
      output.check();
      List<Source> list = sources();
      durability.check(output);
      files = FileRoles.of(this, list, parser.files());
      files.check();
      CredentialScope scope = new CredentialRule(this).scope(list);
      if (reporting.dryRun()) {
        return new DryRun(this, console).execute(list);
      }
      atStart.run();
      try (RunLock _ = RunLock.take(durability.lock());
          Watch watch = Watch.of(this, console, environment, list)) {
        return new Run(this, watch, environment).execute(list, scope);
      }
    } catch (UsageException e) {
      return usageError(parser.withOrigins(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      console.say(IoMessages.of(e));
      return ExitCode.IO;
    }
  }

  /** For a command with these options and the same operands. */
  Parser parser(List<OptionGroup> groups) {
    return new Parser(groups, sources, groups(), environment);
  }

  /** A file that is not there may have been meant for a command. */
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

  int print(String text) throws IOException {
    try {
      console.out().write(text.getBytes(StandardCharsets.UTF_8));
      console.out().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      if (IoMessages.isBrokenPipe(e)) {
        return ExitCode.CLOSED_OUTPUT;
      }
      throw e;
    }
  }

  private int usageError(String message) {
    console.say(message);
    console.err().println("Try 'fetch --help' for the options.");
    return ExitCode.USAGE;
  }

  /** The sources as they stand on the command line. */
  List<String> given() {
    @Nullable List<String> given = sources.getValue();
    return given == null ? List.of() : given;
  }

  /** What the files of the run are there for, once the command line is parsed. */
  FileRoles files() {
    return files;
  }

  /** What is to be fetched, once the command line is parsed. */
  List<Source> sources() throws UsageException {
    List<String> given = given();
    if (given.isEmpty()) {
      if (console.inIsTerminal()) {
        throw new UsageException("no SOURCE: give a file with URLs, a URL, or - to type them");
      }
      return List.of(standardInput());
    }
    if (Collections.frequency(given, STANDARD_INPUT) > 1) {
      throw new UsageException("standard input can be read only once, but - is given again");
    }
    List<Source> list = new ArrayList<>();
    for (String argument : given) {
      list.add(source(argument));
    }
    return list;
  }

  private Source source(String argument) throws UsageException {
    if (argument.equals(STANDARD_INPUT)) {
      return standardInput();
    }
    return URL.matcher(argument).lookingAt() ? new Source.BareUrl(argument) : listFile(argument);
  }

  private Source standardInput() {
    return new Source.StandardInput(console.in());
  }

  private Source listFile(String argument) throws UsageException {
    try {
      return new Source.ListFile(Path.of(argument));
    } catch (InvalidPathException e) {
      throw new UsageException(
          Source.shown(argument) + " is neither a file nor an http or https URL");
    }
  }
}
