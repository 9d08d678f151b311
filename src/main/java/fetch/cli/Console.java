package fetch.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The three streams of the program.
 *
 * @param out for results
 * @param err for everything else
 */
record Console(InputStream in, OutputStream out, PrintStream err) {
  /** Set by {@code bin/fetch}: the numbers of those streams that are terminals. */
  private static final String TERMINALS = "fetch.terminals";

  boolean inIsTerminal() {
    return System.getProperty(TERMINALS, "").contains("0");
  }

  /** Says something to the person at the terminal. */
  void say(String message) {
    err.println("fetch: " + printable(message));
  }

  static String printable(String message) {
    return message.codePoints().anyMatch(Character::isISOControl)
        ? message.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?")
        : message;
  }
}
