package fetch.cli;

import fetch.cli.usage.Command;
import fetch.cli.usage.ManualPage;
import fetch.engine.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Completes the manual page during the build: generates the list of options. */
final class Manual {
  private Manual() {}

  /** Arguments: the page as written by hand, and the file to write. */
  public static void main(String[] args) throws IOException {
    String page = Files.readString(Path.of(args[0]));
    Files.writeString(Path.of(args[1]), complete(page));
  }

  static String complete(String page) {
    List<Command> commands = commands();
    return page.replace("@VERSION@", Release.number())
        .replace("@OPTIONS@\n", ManualPage.options(commands))
        .replace("@COMMANDS@\n", ManualPage.commands(commands));
  }

  private static List<Command> commands() {
    Console console = new Console(System.in, System.out, System.err);
    return new FetchCommand(console, Map.of()).commands();
  }
}
