package fetch.cli.options;

import fetch.Clock;
import fetch.warc.Archive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for WARC archives. */
public final class WarcOptions implements OptionGroup {
  private static final String STANDARD =
      "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";

  private final OptionSpec warc =
      OptionGroup.option(
              "FILE",
              "Archive requests and responses as sent, in a file with the extension"
                  + " .warc.gz or .warc. Omits the values of Authorization, Cookie and"
                  + " Proxy-Authorization.",
              "--warc")
          .type(Path.class)
          .converters(Converters.of(text -> Archive.checkName(Converters.path(text))))
          .build();
  private final OptionSpec dedup =
      OptionGroup.flag(
          "Archive identical bodies once, and refer to the first copy.", "--warc-dedup");
  private final OptionSpec maxSize =
      OptionGroup.option(
              "SIZE",
              "Start a new archive, such as FILE-00001.warc.gz, at this size. Default: 1g.",
              "--warc-max-size")
          .type(long.class)
          .converters(Converters.of(Converters::sizeLimit))
          .defaultValue("1g")
          .build();

  @Override
  public String heading() {
    return "Archive";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(warc, dedup, maxSize);
  }

  /**
   * The fields of the warcinfo record (WARC 1.1, section 6.2), without secrets.
   *
   * @param software the program, with its version
   * @param options of the run, as they were given
   */
  public static String information(
      String software, boolean obeysRobots, List<PassedOption> options) {
    StringBuilder lines = new StringBuilder();
    lines.append("software: ").append(software);
    lines.append("\r\nformat: WARC File Format 1.1\r\nconformsTo: ").append(STANDARD);
    lines.append("\r\nrobots: ").append(obeysRobots ? "obey" : "ignore");
    lines.append("\r\noptions:");
    options.forEach(option -> lines.append(' ').append(option.shown()));
    return lines.append("\r\n").toString();
  }

  public boolean archives() {
    return warc.getValue() != null;
  }

  public @Nullable Path file() {
    return warc.getValue();
  }

  /**
   * Opens the archive without changing it yet; null without {@code --warc}.
   *
   * @param named whether records name the archive as the file of the body
   * @param information the fields of the warcinfo record
   * @param ends called with the reason when archiving fails
   */
  public @Nullable Archive open(
      boolean named, Supplier<String> information, Clock clock, Consumer<String> ends)
      throws IOException {
    Path file = file();
    if (file == null) {
      return null;
    }
    try {
      return Archive.open(
          new Archive.Plan(file, maxSize.getValue(), dedup.getValue(), named, information.get()),
          clock,
          ends);
    } catch (IOException e) {
      throw new IOException("cannot write the archive: " + IoMessages.of(e), e);
    }
  }
}
