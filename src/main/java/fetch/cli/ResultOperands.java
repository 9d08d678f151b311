package fetch.cli;

import fetch.cli.options.Converters;
import fetch.cli.options.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The result files on the command line: {@code RESULTS...}. */
final class ResultOperands {
  private final PositionalParamSpec spec =
      PositionalParamSpec.builder()
          .paramLabel("RESULTS")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .converters(Converters.of(Converters::path))
          .arity("0..*")
          .description("A file with the results of a run.")
          .build();

  PositionalParamSpec spec() {
    return spec;
  }

  /** The files, at least one. */
  List<Path> paths() throws UsageException {
    @Nullable List<Path> given = spec.getValue();
    if (given == null || given.isEmpty()) {
      throw new UsageException("no RESULTS: give the files that runs have written");
    }
    if (given.contains(Path.of("-"))) {
      throw new UsageException("results are read twice, so they must be files, not -");
    }
    return given;
  }
}
