package fetch.cli;

import fetch.frontier.StatusSet;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** What counts as success. */
final class SuccessOptions implements OptionGroup {
  private final OptionSpec accept =
      OptionGroup.option("CODES", "The statuses that are ok. Default: 200-399.", "--accept")
          .type(StatusSet.class)
          .converters(Converters.of(StatusSet::parse))
          .defaultValue("200-399")
          .build();

  @Override
  public String heading() {
    return "Success";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(accept);
  }

  StatusSet accepted() {
    return accept.getValue();
  }
}
