package fetch.cli.options;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** A subset of the options of a group, for a command that does not need the others. */
public record SomeOptions(String heading, List<OptionSpec> options) implements OptionGroup {}
