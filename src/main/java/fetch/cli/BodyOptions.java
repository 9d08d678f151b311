package fetch.cli;

import fetch.body.Directory;
import fetch.output.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** What becomes of bodies. */
final class BodyOptions implements OptionGroup {
  private final OptionSpec save =
      OptionGroup.option(
              "DIR",
              "Save the bodies of ok answers below this directory, as HOST:PORT/PATH; with a hash"
                  + " of the URL where that alone would not tell it from others.",
              "--save")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec saveAs =
      OptionGroup.option(
              "TEMPLATE",
              "Name the files so, such as {host}/{urlnum:08}{ext}; below --save, or here. There"
                  + " are scheme, host, port, path, name, stem, ext, query, hash and urlnum.",
              "--save-as")
          .converters(Converters.of(Directory::checkTemplate))
          .build();
  private final OptionSpec saveFailed =
      OptionGroup.flag("Save the bodies of other answers, too.", "--save-failed");
  private final OptionSpec skipExisting =
      OptionGroup.flag("Fetch nothing whose file is there already.", "--skip-existing");

  @Override
  public String heading() {
    return "Bodies";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(save, saveAs, saveFailed, skipExisting);
  }

  void check() throws UsageException {
    boolean alone = !saves();
    boolean failed = saveFailed.getValue();
    if (alone && (failed || skipsExisting())) {
      throw new UsageException((failed ? "--save-failed" : "--skip-existing") + " needs --save");
    }
  }

  boolean saves() {
    return save.getValue() != null || saveAs.getValue() != null;
  }

  boolean skipsExisting() {
    return skipExisting.getValue();
  }

  /**
   * Makes the directory ready; null when bodies are not saved.
   *
   * @param ok the statuses that count as success
   * @param ends told with a sentence when no more bodies can be saved
   */
  @Nullable Directory directory(IntPredicate ok, Consumer<String> ends) throws IOException {
    if (!saves()) {
      return null;
    }
    Path root = save.getValue();
    boolean all = saveFailed.getValue();
    return new Directory(
        root == null ? Path.of("") : root,
        saveAs.getValue(),
        status -> all || ok.test(status),
        ends);
  }

  /** The fields that records have for what becomes of bodies. */
  List<Field> fields() {
    return saves() ? List.of(Field.FILENAME_EFFECTIVE) : List.of();
  }
}
