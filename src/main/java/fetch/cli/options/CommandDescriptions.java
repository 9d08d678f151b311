package fetch.cli.options;

import fetch.cli.usage.Command;
import fetch.cli.usage.Option;
import fetch.cli.usage.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** Describes the command line for completion scripts and the manual page. */
public final class CommandDescriptions {
  /** A label that lists the possible values, such as {@code ok|failed}. */
  private static final Pattern WORDS = Pattern.compile("[a-z0-9]+(\\|[a-z0-9]+)+");

  private CommandDescriptions() {}

  public static Command command(
      String word, String description, List<OptionGroup> groups, Value operand) {
    return new Command(
        word, description, groups.stream().map(CommandDescriptions::group).toList(), operand);
  }

  private static Command.Group group(OptionGroup group) {
    return new Command.Group(
        group.heading(), group.options().stream().map(CommandDescriptions::option).toList());
  }

  private static Option option(OptionSpec option) {
    return new Option(
        names(option),
        option.arity().min() == 0 ? "" : option.paramLabel(),
        value(option),
        option.isMultiValue(),
        String.join(" ", option.description()));
  }

  private static List<String> names(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      names.add("--no-" + option.longestName().substring(2));
    }
    return names;
  }

  private static Value value(OptionSpec option) {
    String label = option.paramLabel();
    List<String> words = words(option);
    if (option.arity().min() == 0) {
      return new Value.Free();
    }
    if (!words.isEmpty()) {
      return label.contains(",") ? new Value.Some(words) : new Value.Choice(words);
    }
    if (label.startsWith("DIR")) {
      return new Value.Directory();
    }
    return option.type().equals(Path.class) || label.startsWith("FILE")
        ? new Value.File()
        : new Value.Free();
  }

  /** The possible values, if known: from the label, a list, or the constants of an enum. */
  private static List<String> words(OptionSpec option) {
    if (WORDS.matcher(option.paramLabel()).matches()) {
      return List.of(option.paramLabel().split("\\|", -1));
    }
    if (option.type().isEnum()) {
      return Arrays.stream(option.type().getEnumConstants()).map(Object::toString).toList();
    }
    List<String> words = new ArrayList<>();
    if (option.completionCandidates() != null) {
      option.completionCandidates().forEach(words::add);
    }
    return words;
  }
}
