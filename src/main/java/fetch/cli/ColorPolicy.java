package fetch.cli;

import fetch.cli.options.When;
import fetch.output.TextStyle;
import java.util.Map;

/**
 * Decides whether text on each stream is coloured and aligned: by the options, by the variables
 * {@code NO_COLOR}, {@code CLICOLOR}, {@code CLICOLOR_FORCE} and {@code TERM} (see no-color.org and
 * bixense.com/clicolors), and by whether it is a terminal.
 */
final class ColorPolicy {
  private final When when;
  private final Console console;
  private final Map<String, String> environment;

  ColorPolicy(When when, Console console, Map<String, String> environment) {
    this.when = when;
    this.console = console;
    this.environment = environment;
  }

  /** Whether TERM is dumb or unset. */
  static boolean isDumb(Map<String, String> environment) {
    String terminal = environment.getOrDefault("TERM", "");
    return terminal.isEmpty() || terminal.equals("dumb");
  }

  /**
   * The look of records.
   *
   * @param toStandardOutput whether they go to standard output
   */
  TextStyle ofRecords(boolean toStandardOutput) {
    boolean terminal = console.outIsTerminal() && toStandardOutput;
    return new TextStyle(terminal, isColoured(terminal));
  }

  /** The look of messages and the summary. */
  TextStyle ofMessages() {
    return new TextStyle(false, isColoured(console.errIsTerminal()));
  }

  private boolean isColoured(boolean terminal) {
    return switch (when) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> isColouredByItself(terminal);
    };
  }

  private boolean isColouredByItself(boolean terminal) {
    String force = variable("CLICOLOR_FORCE");
    if (!variable("NO_COLOR").isEmpty()) {
      return false;
    }
    if (!force.isEmpty() && !force.equals("0")) {
      return true;
    }
    return terminal && !isDumb(environment) && !variable("CLICOLOR").equals("0");
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
