package fetch.cli;

import fetch.cli.options.GeneralOptions;
import fetch.cli.options.IoMessages;
import fetch.cli.options.Parser;
import fetch.cli.options.UsageException;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Runs a command of the command line: parses its arguments, prints its help or the version, and
 * reports its errors.
 *
 * @param command its words, such as {@code fetch merge}
 * @param help the text for {@code --help}
 */
record Invocation(
    String command, Parser parser, GeneralOptions general, Supplier<String> help, Console console) {
  /** The work of a command. */
  interface Work {
    /** Returns the exit code. */
    int run() throws IOException;
  }

  /** Runs the command with these arguments and returns the exit code. */
  int execute(String[] args, Work work) {
    try {
      parser.parse(args);
      if (general.help()) {
        return console.print(help.get());
      }
      if (general.version()) {
        return console.print(Version.line() + "\n");
      }
      return work.run();
    } catch (UsageException e) {
      console.say(parser.withOrigins(String.valueOf(e.getMessage())));
      console.err().println("Try '" + command + " --help' for usage.");
      return ExitCode.USAGE;
    } catch (IOException e) {
      console.say(IoMessages.of(e));
      return ExitCode.IO;
    }
  }
}
