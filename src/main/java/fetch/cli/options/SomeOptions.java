package fetch.cli.options;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Some of the options of a group, for a command that has no use for the others. */
public record SomeOptions(String heading, List<OptionSpec> options) implements OptionGroup {}
