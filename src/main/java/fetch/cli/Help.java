package fetch.cli;

import fetch.cli.options.OptionGroup;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help text: every option under its heading, in 80 columns. */
final class Help {
  private static final String OF_FETCH =
      """
      Usage: fetch [OPTIONS] [SOURCE...]
             fetch compare [OPTIONS] SOURCE...
             fetch completion bash|zsh|fish
      Fetches lists of URLs and prints one record for each.

      SOURCE is a file with a URL on each line, - for standard input, or a URL; with
      none, standard input is read. fetch compare times the strategies on a list,
      and fetch completion prints a script that completes command lines; their own
      --help tells more.
      """;

  private Help() {}

  static String text(List<OptionGroup> groups) {
    return text(OF_FETCH, groups);
  }

  static String text(String introduction, List<OptionGroup> groups) {
    StringBuilder text = new StringBuilder(introduction);
    for (OptionGroup group : groups) {
      text.append('\n').append(group.heading()).append(":\n").append(options(group));
    }
    return text.toString();
  }

  private static String options(OptionGroup group) {
    CommandLine.Help help =
        new CommandLine.Help(
            CommandSpec.create().name("fetch"),
            CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    List<OptionSpec> options = group.options();
    CommandLine.Help.Layout layout =
        help.createDefaultLayout(options, List.of(), help.colorScheme());
    layout.addAllOptions(options, help.createDefaultParamLabelRenderer());
    return layout.toString();
  }
}
