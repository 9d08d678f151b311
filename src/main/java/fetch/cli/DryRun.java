package fetch.cli;

import fetch.Entry;
import fetch.cli.options.InputList;
import fetch.cli.preview.Preview;
import fetch.input.CompletedEntries;
import fetch.input.EntryReader;
import java.io.IOException;
import java.util.List;

/** Runs {@code --dry-run}: prints what the sources contain, without requests. */
final class DryRun {
  private final Preview preview;
  private final Console console;
  private boolean inputFailed;

  /**
   * @param preview counts the entries
   */
  DryRun(Preview preview, Console console) {
    this.preview = preview;
    this.console = console;
  }

  /** Reads the sources and returns the exit code. */
  int execute(InputList list) throws IOException {
    try (EntryReader reader = list.reader(CompletedEntries.NOTHING, this::inputFailed)) {
      reader.noteEmptySources(console::say);
      for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
        batch.forEach(preview::add);
      }
    }
    StringBuilder text = new StringBuilder();
    preview.lines().forEach(line -> text.append(Console.printable(line)).append('\n'));
    int printed = console.print(text.toString());
    return inputFailed ? ExitCode.IO : printed;
  }

  private void inputFailed(String complaint) {
    inputFailed = true;
    console.say(complaint);
  }
}
