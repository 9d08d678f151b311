package fetch.cli.options;

import fetch.compare.ResultFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Output options of {@code fetch compare}. */
public final class CompareOutputOptions implements OptionGroup {
  private final OptionSpec format =
      OptionGroup.option(
              "NAME",
              "Print results as text, json, csv or markdown. Default: text.",
              "-f",
              "--format")
          .type(ResultFormat.class)
          .converters(Converters.of(text -> Converters.choice(ResultFormat.class, text)))
          .defaultValue("text")
          .build();
  private final OptionSpec report =
      OptionGroup.option("FILE", "Also write an HTML report with charts.", "--report")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec quiet =
      OptionGroup.flag("Print the results and errors only.", "-q", "--quiet");

  @Override
  public String heading() {
    return "Output";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(format, report, quiet);
  }

  public ResultFormat format() {
    return format.getValue();
  }

  /** The file for the report, null for none. */
  public @Nullable Path report() {
    return report.getValue();
  }

  public boolean quiet() {
    return quiet.getValue();
  }
}
