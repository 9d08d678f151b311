package fetch.cli.options;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Help, version and settings. */
public final class GeneralOptions implements OptionGroup {
  private final OptionSpec help =
      OptionSpec.builder("-h", "--help")
          .type(boolean.class)
          .arity("0")
          .usageHelp(true)
          .defaultValue("false")
          .description("Print this help.")
          .build();
  private final OptionSpec version =
      OptionSpec.builder("-V", "--version")
          .type(boolean.class)
          .arity("0")
          .versionHelp(true)
          .defaultValue("false")
          .description("Print the version.")
          .build();
  private final OptionSpec noConfig =
      OptionGroup.flag("Ignore the config file and FETCH_OPTS.", "--no-config");

  @Override
  public String heading() {
    return "General";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(help, version, noConfig);
  }

  public boolean help() {
    return help.getValue();
  }

  public boolean version() {
    return version.getValue();
  }
}
