package fetch.cli.usage;

import java.util.List;

/**
 * The program, or a command that its first argument selects.
 *
 * @param word that argument; empty for the program itself
 * @param description a sentence
 * @param operand its arguments other than options
 */
public record Command(String word, String description, List<Group> groups, Value operand) {
  /** Options under a heading. */
  public record Group(String heading, List<Option> options) {}

  boolean isProgram() {
    return word.isEmpty();
  }

  List<Option> options() {
    return groups.stream().flatMap(group -> group.options().stream()).toList();
  }

  /** The program among its commands. */
  static Command program(List<Command> commands) {
    return commands.stream().filter(Command::isProgram).findFirst().orElseThrow();
  }

  /** The words that select commands. */
  static List<Command> words(List<Command> commands) {
    return commands.stream().filter(command -> !command.isProgram()).toList();
  }
}
