package fetch.cli;

import fetch.frontier.Politeness;
import fetch.frontier.Rate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** How hosts are treated. */
final class PolitenessOptions implements OptionGroup {
  private final OptionSpec perHost =
      OptionGroup.option(
              "N",
              "The most requests in flight to one host. Default: as many as workers.",
              "--per-host")
          .type(Integer.class)
          .converters(Converters.of(Converters::count))
          .build();
  private final OptionSpec rate =
      rate("Start no more requests than this, such as 50/s, 30/m or 100/h.", "--rate");
  private final OptionSpec perHostRate =
      rate("Start no more requests than this to one host.", "--per-host-rate");
  private final OptionSpec noHostBreaker =
      OptionGroup.flag(
          "Go on asking a host that failed ten times in a row. Otherwise its entries fail at once,"
              + " but for one every 30s.",
          "--no-host-breaker");

  private static OptionSpec rate(String description, String name) {
    return OptionGroup.option("N/UNIT", description, name)
        .type(Rate.class)
        .converters(Converters.of(Converters::rate))
        .build();
  }

  @Override
  public String heading() {
    return "Politeness";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(perHost, rate, perHostRate, noHostBreaker);
  }

  Politeness politeness() {
    @Nullable Integer most = perHost.getValue();
    boolean neverMind = noHostBreaker.getValue();
    return new Politeness(
        most == null ? Integer.MAX_VALUE : most,
        rate.getValue(),
        perHostRate.getValue(),
        !neverMind);
  }
}
