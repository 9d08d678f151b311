package fetch.cli.options;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Options for help, version and config files. */
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
  private final OptionSpec config =
      OptionGroup.option(
              "FILE", "Read options and settings of hosts from this file. Repeatable.", "--config")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec noConfig =
      OptionGroup.flag("Ignore the config file and FETCH_OPTS.", "--no-config");

  @Override
  public String heading() {
    return "General";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(help, version, config, noConfig);
  }

  public boolean help() {
    return help.getValue();
  }

  public boolean version() {
    return version.getValue();
  }
}
