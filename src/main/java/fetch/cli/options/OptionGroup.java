package fetch.cli.options;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options under one heading of the help text. Each group declares its options, and reads their
 * values once the command line is parsed. Options are declared in code, not by annotations: reading
 * annotations takes longer than everything else at the start of a short run.
 */
public interface OptionGroup {
  String heading();

  /** In the order of the help text. */
  List<OptionSpec> options();

  /** An option that takes no value. */
  static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .defaultValue("false")
        .description(description)
        .build();
  }

  /** Starts an option that takes a value. */
  static OptionSpec.Builder option(String paramLabel, String description, String... names) {
    return OptionSpec.builder(names)
        .paramLabel(paramLabel)
        .type(String.class)
        .arity("1")
        .description(description);
  }
}
