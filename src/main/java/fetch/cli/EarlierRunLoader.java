package fetch.cli;

import fetch.body.BodyDirectory;
import fetch.cli.options.BodyOptions;
import fetch.cli.options.OutputOptions;
import fetch.http.settings.RequestSettings.Action;
import fetch.since.EarlierRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Loads the records of an earlier run for {@code --since}. */
final class EarlierRunLoader {
  private EarlierRunLoader() {}

  /**
   * Reads the records; null if there is no earlier run to compare with, as before the first run.
   *
   * @param action of the requests of this run
   * @param directory where bodies are saved, null for nowhere
   */
  static @Nullable EarlierRun read(
      OutputOptions output,
      BodyOptions bodies,
      Action action,
      @Nullable BodyDirectory directory,
      Console console)
      throws IOException {
    Path file = output.since();
    if (file == null) {
      return null;
    }
    EarlierRun run =
        EarlierRun.read(
            file,
            action.method(),
            (request, before) ->
                !output.includesBody() && bodies.haveBefore(request, before, directory));
    if (action.getOn() != null) {
      run.withGetForHead();
    }
    if (!output.quiet()) {
      if (!Files.exists(file)) {
        console.say("--since: there is no " + file + "; all entries are new");
      } else if (run.torn()) {
        console.say("--since: the last record in " + file + " is incomplete and ignored");
      }
    }
    return run;
  }
}
