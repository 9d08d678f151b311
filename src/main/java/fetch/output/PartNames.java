package fetch.output;

import fetch.file.FileSeries;
import fetch.file.NumberedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The names of a run's output files: the given name, or with a size limit the name with a number
 * before the extension.
 */
record PartNames(Path file, boolean numbered) implements FileSeries.Naming {
  private static final int FIRST = 1;

  @Override
  public int firstNumber() {
    return FIRST;
  }

  @Override
  public boolean isNamedByUser(int number) {
    return !numbered;
  }

  @Override
  public boolean rolls() {
    return numbered;
  }

  @Override
  public NumberedFiles series() {
    return series(file);
  }

  /** The names of the files if their size is limited. */
  static NumberedFiles series(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return new NumberedFiles(file, name.substring(0, end), name.substring(end));
  }

  @Override
  public Path get(int number) {
    return numbered ? series().get(number) : file;
  }

  @Override
  public List<Integer> existing() throws IOException {
    return numbered ? series().existing() : Files.exists(file) ? List.of(FIRST) : List.of();
  }

  /** Fails if there are results of a run that chose the other kind of name. */
  void checkThatNoOthersAreThere() throws IOException {
    if (!existing().isEmpty()) {
      return;
    }
    PartNames others = new PartNames(file, !numbered);
    List<Integer> there = others.existing();
    if (!there.isEmpty()) {
      throw new IOException(
          others.get(there.getFirst())
              + " was written "
              + (numbered ? "without" : "with")
              + " --output-max-size; resume it the same way");
    }
  }
}
