package fetch.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** What is told of the run as a whole, and how. */
final class ReportingOptions implements OptionGroup {
  private final OptionSpec progress =
      when(
          "Show how far the run has come: auto (on a terminal), always (elsewhere a line every 10s)"
              + " or never. Default: auto.",
          "--progress");

  private final OptionSpec color =
      when(
          "Colour text: auto (on a terminal, where NO_COLOR does not forbid it), always or never."
              + " Default: auto.",
          "--color");

  private static OptionSpec when(String description, String name) {
    return OptionGroup.option("WHEN", description, name)
        .type(When.class)
        .converters(Converters.of(text -> Converters.choice(When.class, text)))
        .defaultValue("auto")
        .build();
  }

  @Override
  public String heading() {
    return "Reporting";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(progress, color);
  }

  When color() {
    return color.getValue();
  }

  When progress() {
    return progress.getValue();
  }
}
