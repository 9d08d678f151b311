package fetch.cli.options;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help text of a command: every option under its heading, in 80 columns. */
public final class HelpText {
  private HelpText() {}

  /**
   * Returns the text.
   *
   * @param introduction precedes the options
   */
  public static String of(String introduction, List<OptionGroup> groups) {
    StringBuilder text = new StringBuilder(introduction);
    for (OptionGroup group : groups) {
      if (!group.options().isEmpty()) {
        text.append('\n').append(group.heading()).append(":\n").append(options(group));
      }
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
