package fetch.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the files of a run are called: as the user says, or, where they may be many, with a number
 * before the extension.
 */
record PartNames(Path file, boolean numbered) {
  /** The name of a file. */
  Path get(int index) {
    if (!numbered) {
      return file;
    }
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    String number = String.format(Locale.ROOT, "-%05d", index + 1);
    return file.resolveSibling(name.substring(0, end) + number + name.substring(end));
  }

  /** The files that are there: from the first on, none left out. */
  List<Path> existing() {
    List<Path> found = new ArrayList<>();
    while (Files.exists(get(found.size())) && (numbered || found.isEmpty())) {
      found.add(get(found.size()));
    }
    return found;
  }

  /** Fails when the results are there, but under the names they have in the other case. */
  void checkThatNoOthersAreThere() throws IOException {
    Path other = new PartNames(file, !numbered).get(0);
    if (Files.exists(other) && Files.notExists(get(0))) {
      throw new IOException(
          other
              + " was written "
              + (numbered ? "without" : "with")
              + " --output-max-size, which must be the same when a run goes on");
    }
  }
}
