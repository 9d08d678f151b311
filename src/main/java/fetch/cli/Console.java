package fetch.cli;

import fetch.cli.options.IoMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The three streams of the program.
 *
 * @param out for results
 * @param err for everything else
 * @param terminals the numbers of those that are terminals
 */
record Console(InputStream in, OutputStream out, PrintStream err, String terminals) {
  /** Set by {@code bin/fetch}: the numbers of those streams that are terminals. */
  private static final String TERMINALS = "fetch.terminals";

  /** The streams of this process. */
  Console(InputStream in, OutputStream out, PrintStream err) {
    this(in, out, err, System.getProperty(TERMINALS, ""));
  }

  boolean inIsTerminal() {
    return terminals.contains("0");
  }

  boolean outIsTerminal() {
    return terminals.contains("1");
  }

  boolean errIsTerminal() {
    return terminals.contains("2");
  }

  /** Prints on standard output, whose reader may have closed it. Returns the exit code. */
  int print(String text) throws IOException {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return ExitCode.OK;
    } catch (IOException e) {
      if (IoMessages.isBrokenPipe(e)) {
        return ExitCode.CLOSED_OUTPUT;
      }
      throw e;
    }
  }

  /** Prints a message to standard error, with the name of the program. */
  void say(String message) {
    err.println("fetch: " + printable(message));
  }

  /** Prints a message of several lines to standard error. */
  void report(String message) {
    StringBuilder text = new StringBuilder("fetch: ");
    message
        .lines()
        .forEach(line -> text.append(printable(line.replace("\t", "    "))).append('\n'));
    err.print(text);
    err.flush();
  }

  static String printable(String message) {
    return message.codePoints().anyMatch(Character::isISOControl)
        ? message.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?")
        : message;
  }
}
