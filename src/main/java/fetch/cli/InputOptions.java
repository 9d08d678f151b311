package fetch.cli;

import fetch.input.Shard;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** What is read. */
final class InputOptions implements OptionGroup {
  private final OptionSpec limit =
      OptionGroup.option("N", "Fetch the first N entries only.", "--limit")
          .type(long.class)
          .converters(Converters.of(text -> Converters.number(text, 0, Long.MAX_VALUE)))
          .build();

  private final OptionSpec shard =
      OptionGroup.option(
              "I/N",
              "Fetch the I-th of N parts of the list. All URLs of a host are in one part.",
              "--shard")
          .type(Shard.class)
          .converters(Converters.of(Shard::parse))
          .defaultValue("1/1")
          .build();

  @Override
  public String heading() {
    return "Input";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(limit, shard);
  }

  long limit() {
    Long value = limit.getValue();
    return value == null ? Long.MAX_VALUE : value;
  }

  Shard shard() {
    return shard.getValue();
  }
}
