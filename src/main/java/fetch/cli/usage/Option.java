package fetch.cli.usage;

import java.util.List;

/**
 * An option of a command.
 *
 * @param names with their hyphens, the long one last, including those that turn it off
 * @param label the name of its value, empty if it takes none
 * @param repeatable whether giving it again adds a value
 * @param description a sentence or two
 */
public record Option(
    List<String> names, String label, Value value, boolean repeatable, String description) {
  List<String> shortNames() {
    return names.stream().filter(name -> !name.startsWith("--")).toList();
  }

  List<String> longNames() {
    return names.stream().filter(name -> name.startsWith("--")).toList();
  }

  boolean takesValue() {
    return !label.isEmpty();
  }

  /** A short description for lists of options: the first sentence, without its full stop. */
  String summary() {
    int end = 0;
    do {
      int next = description.indexOf(". ", end + 1);
      end = next < 0 ? description.length() - (description.endsWith(".") ? 1 : 0) : next;
    } while (end < 3 && end < description.length());
    return description.substring(0, end);
  }
}
