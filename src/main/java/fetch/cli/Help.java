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
             fetch split [OPTIONS] --shards=N --out=DIR [SOURCE...]
             fetch completion bash|zsh|fish
      Fetches lists of URLs and prints one record for each.

      SOURCE is a file with one URL per line, - for standard input, or a URL. Without
      SOURCE, fetch reads standard input. The commands have --help: compare compares
      the speed of the strategies, split divides lists into files for many machines,
      and completion prints a shell completion script.
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
