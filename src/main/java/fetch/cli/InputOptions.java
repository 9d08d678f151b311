package fetch.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** What is read. */
final class InputOptions implements OptionGroup {
  private final OptionSpec limit =
      OptionGroup.option("N", "Fetch the first N entries only.", "--limit")
          .type(long.class)
          .converters(Converters.of(text -> Converters.number(text, 0, Long.MAX_VALUE)))
          .build();

  @Override
  public String heading() {
    return "Input";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(limit);
  }

  long limit() {
    Long value = limit.getValue();
    return value == null ? Long.MAX_VALUE : value;
  }
}
