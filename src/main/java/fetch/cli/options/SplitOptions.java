package fetch.cli.options;

import fetch.http.url.HostGroup;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options of {@code fetch split}. */
public final class SplitOptions implements OptionGroup {
  private static final int MOST_SHARDS = 100_000;

  private final OptionSpec shards =
      OptionGroup.option("N", "Write N files. Required.", "--shards")
          .type(Integer.class)
          .converters(
              Converters.of(text -> Math.toIntExact(Converters.number(text, 1, MOST_SHARDS))))
          .build();

  private final OptionSpec out =
      OptionGroup.option(
              "DIR",
              "Write the files to this directory, which must not have parts of a list. Required.",
              "--out")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();

  private final OptionSpec by =
      OptionGroup.option(
              "host|domain",
              "Keep all URLs of a host, or of a registrable domain such as example.co.uk, in the"
                  + " same file. Default: host.",
              "--by")
          .type(HostGroup.class)
          .converters(Converters.of(text -> Converters.choice(HostGroup.class, text)))
          .defaultValue("host")
          .build();

  private final OptionSpec quiet = OptionGroup.flag("Print only errors.", "-q", "--quiet");

  @Override
  public String heading() {
    return "Division";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(shards, out, by, quiet);
  }

  /** How many files to write. */
  public int shards() throws UsageException {
    @Nullable Integer count = shards.getValue();
    if (count == null) {
      throw new UsageException("fetch split needs --shards=N, the number of files");
    }
    return count;
  }

  /** Where to write them. */
  public Path out() throws UsageException {
    @Nullable Path directory = out.getValue();
    if (directory == null) {
      throw new UsageException("fetch split needs --out=DIR, where the files go");
    }
    return directory;
  }

  /** Which hosts stay together. */
  public HostGroup by() {
    return by.getValue();
  }

  public boolean quiet() {
    return quiet.getValue();
  }
}
