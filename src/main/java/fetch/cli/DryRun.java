package fetch.cli;

import fetch.Entry;
import fetch.input.Earlier;
import fetch.input.EntryReader;
import fetch.input.Source;
import fetch.preview.Preview;
import java.io.IOException;
import java.util.List;

/** {@code --dry-run}: tells what the sources list, and fetches nothing. */
final class DryRun {
  private final FetchCommand command;
  private final Console console;
  private boolean inputFailed;

  DryRun(FetchCommand command, Console console) {
    this.command = command;
    this.console = console;
  }

  /** Reads the sources and returns the exit code. */
  int execute(List<Source> sources) throws IOException {
    Preview preview = command.politeness.preview();
    try (EntryReader reader = command.input.reader(sources, Earlier.NOTHING, this::inputFailed)) {
      reader.noteEmptySources(console::say);
      for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
        batch.forEach(preview::add);
      }
    }
    StringBuilder text = new StringBuilder();
    preview.lines().forEach(line -> text.append(Console.printable(line)).append('\n'));
    int printed = command.print(text.toString());
    return inputFailed ? ExitCode.IO : printed;
  }

  private void inputFailed(String complaint) {
    inputFailed = true;
    console.say(complaint);
  }
}
