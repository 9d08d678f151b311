package fetch.cli;

import fetch.input.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code fetch [OPTIONS] [SOURCE...]}: understands the command line and starts the run. */
final class FetchCommand {
  private final Console console;
  private final Map<String, String> environment;

  final InputOptions input = new InputOptions();
  final StrategyOptions strategy = new StrategyOptions();
  final RequestOptions request = new RequestOptions();
  final LimitOptions limits = new LimitOptions();
  final NetworkOptions network = new NetworkOptions();
  final OutputOptions output = new OutputOptions();
  final SuccessOptions success = new SuccessOptions();
  final GeneralOptions general = new GeneralOptions();

  private final PositionalParamSpec sources =
      PositionalParamSpec.builder()
          .paramLabel("SOURCE")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .arity("0..*")
          .description("A file with a URL on each line, - for standard input, or a URL.")
          .build();

  FetchCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  List<OptionGroup> groups() {
    return List.of(input, strategy, request, limits, network, output, success, general);
  }

  /** Runs the program with these arguments and returns its exit code. */
  int execute(String... args) {
    CommandLine commandLine = new CommandLine(spec());
    try {
      commandLine.parseArgs(args);
      if (general.help()) {
        return print(Help.text(groups()));
      }
      if (general.version()) {
        return print(Version.line() + "\n");
      }
      return new Run(this, console, environment).execute(sources());
    } catch (CommandLine.ParameterException e) {
      return usageError(String.valueOf(e.getMessage()));
    } catch (UsageException e) {
      return usageError(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      console.say(IoMessages.of(e));
      return ExitCode.IO;
    }
  }

  private CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("fetch");
    for (OptionGroup group : groups()) {
      for (OptionSpec option : group.options()) {
        spec.addOption(option);
      }
    }
    return spec.addPositional(sources);
  }

  private int print(String text) throws IOException {
    console.out().write(text.getBytes(StandardCharsets.UTF_8));
    console.out().flush();
    return ExitCode.OK;
  }

  private int usageError(String message) {
    console.say(message);
    console.err().println("Try 'fetch --help' for the options.");
    return ExitCode.USAGE;
  }

  private List<Source> sources() throws UsageException {
    @Nullable List<String> given = sources.getValue();
    if (given == null || given.isEmpty()) {
      if (console.inIsTerminal()) {
        throw new UsageException("no SOURCE: give a file with URLs, a URL, or - to type them");
      }
      return List.of(new Source.StandardInput(console.in()));
    }
    List<Source> list = new ArrayList<>();
    for (String argument : given) {
      list.add(source(argument));
    }
    return list;
  }

  private Source source(String argument) throws UsageException {
    if (argument.equals("-")) {
      return new Source.StandardInput(console.in());
    }
    String start = argument.toLowerCase(Locale.ROOT);
    if (start.startsWith("http://") || start.startsWith("https://")) {
      return new Source.BareUrl(argument);
    }
    return new Source.ListFile(listFile(argument));
  }

  private Path listFile(String argument) throws UsageException {
    try {
      Path file = Path.of(argument);
      Path target = output.output();
      if (target != null && Files.exists(target) && Files.isSameFile(file, target)) {
        throw new UsageException("--output: " + argument + " is also the list that is read");
      }
      return file;
    } catch (InvalidPathException e) {
      throw new UsageException(argument + " is neither a file nor an http or https URL");
    } catch (UsageException e) {
      throw e;
    } catch (IOException e) {
      return Path.of(argument);
    }
  }
}
