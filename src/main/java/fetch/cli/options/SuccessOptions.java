package fetch.cli.options;

import fetch.engine.Settings;
import fetch.frontier.StatusSet;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Options that define success of a response and of the run. */
public final class SuccessOptions implements OptionGroup {
  private final OptionSpec accept =
      OptionGroup.option(
              "CODES",
              "Treat these status codes as ok. Default: " + Settings.DEFAULTS.accepted() + ".",
              "--accept")
          .type(StatusSet.class)
          .converters(Converters.of(StatusSet::parse))
          .defaultValue(Settings.DEFAULTS.accepted().toString())
          .build();

  private final OptionSpec failIf =
      OptionGroup.option(
              "N|N%",
              "Exit with code 1 when at least this number or percentage of entries"
                  + " failed. Default: 1.",
              "--fail-if")
          .type(FailIf.class)
          .converters(Converters.of(FailIf::parse))
          .defaultValue("1")
          .build();

  @Override
  public String heading() {
    return "Success";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(accept, failIf);
  }

  public OptionSpec accept() {
    return accept;
  }

  public StatusSet accepted() {
    return accept.getValue();
  }

  public FailIf failIf() {
    return failIf.getValue();
  }
}
