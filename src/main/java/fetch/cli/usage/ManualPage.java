package fetch.cli.usage;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Formats the options of the commands for a manual page, in man(7). The rest of the page is written
 * by hand.
 */
public final class ManualPage {
  private ManualPage() {}

  /** A subsection for each group of options of the program. */
  public static String options(List<Command> commands) {
    return Command.program(commands).groups().stream()
        .map(ManualPage::group)
        .collect(Collectors.joining());
  }

  /** A subsection for each other command, with the options that the program does not have. */
  public static String commands(List<Command> commands) {
    List<Option> known = Command.program(commands).options();
    return Command.words(commands).stream()
        .map(command -> command(command, known))
        .collect(Collectors.joining());
  }

  private static String command(Command command, List<Option> known) {
    String options =
        command.options().stream()
            .filter(option -> !known.contains(option))
            .map(ManualPage::option)
            .collect(Collectors.joining());
    return ".SS fetch "
        + text(command.word())
        + "\n"
        + text(command.description())
        + "\n"
        + options;
  }

  private static String group(Command.Group group) {
    return ".SS "
        + text(group.heading())
        + "\n"
        + group.options().stream().map(ManualPage::option).collect(Collectors.joining());
  }

  private static String option(Option option) {
    return ".TP\n"
        + option.names().stream()
            .map(name -> spelling(name, option))
            .collect(Collectors.joining(", "))
        + "\n"
        + text(option.description())
        + "\n";
  }

  private static String spelling(String name, Option option) {
    String bold = "\\fB" + text(name) + "\\fR";
    if (!option.takesValue()) {
      return bold;
    }
    return bold + (name.startsWith("--") ? "=" : " ") + "\\fI" + text(option.label()) + "\\fR";
  }

  /** Escapes text: backslashes, hyphens and some characters at the start of a line are special. */
  static String text(String text) {
    String escaped =
        text.replace("\\", "\\e")
            .replace("-", "\\-")
            .replace("~", "\\(ti")
            .replace("^", "\\(ha")
            .replace("'", "\\(aq")
            .replace("`", "\\(ga");
    return escaped.startsWith(".") ? "\\&" + escaped : escaped;
  }
}
