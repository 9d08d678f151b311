package fetch.cli;

import fetch.cli.options.CommandDescriptions;
import fetch.cli.options.Converters;
import fetch.cli.options.GeneralOptions;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.Parser;
import fetch.cli.options.UsageException;
import fetch.cli.usage.Command;
import fetch.cli.usage.Shell;
import fetch.cli.usage.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Runs {@code fetch completion SHELL}, which prints a completion script. */
final class CompletionCommand {
  static final String WORD = "completion";

  private static final String DESCRIPTION = "Print a shell completion script.";

  private static final String HELP =
      """
      Usage: fetch completion bash|zsh|fish
      Prints a completion script for this shell. To load it in every session:

        bash  echo 'source <(fetch completion bash)' >> ~/.bashrc
        zsh   echo 'source <(fetch completion zsh)' >> ~/.zshrc, after compinit
        fish  fetch completion fish > ~/.config/fish/completions/fetch.fish
      """;

  private final GeneralOptions general = new GeneralOptions();
  private final List<OptionGroup> known;
  private final Supplier<List<Command>> commands;
  private final Console console;
  private final Map<String, String> environment;

  private final PositionalParamSpec shell =
      PositionalParamSpec.builder()
          .paramLabel("SHELL")
          .type(Shell.class)
          .converters(Converters.of(text -> Converters.choice(Shell.class, text)))
          .arity("0..1")
          .build();

  /**
   * @param known the options that the settings may contain
   * @param commands the commands to complete
   */
  CompletionCommand(
      List<OptionGroup> known,
      Supplier<List<Command>> commands,
      Console console,
      Map<String, String> environment) {
    this.known = known;
    this.commands = commands;
    this.console = console;
    this.environment = environment;
  }

  private List<OptionGroup> groups() {
    return List.of(general);
  }

  Command described() {
    List<String> shells = Arrays.stream(Shell.values()).map(Shell::toString).toList();
    return CommandDescriptions.command(WORD, DESCRIPTION, groups(), new Value.Choice(shells));
  }

  int execute(String... args) {
    Parser parser = new Parser(groups(), shell, known, environment);
    return new Invocation("fetch " + WORD, parser, general, () -> HELP, console)
        .execute(args, this::printScript);
  }

  private int printScript() throws IOException {
    @Nullable Shell chosen = shell.getValue();
    if (chosen == null) {
      throw new UsageException("missing shell: give bash, zsh or fish");
    }
    return console.print(chosen.script(commands.get()));
  }
}
