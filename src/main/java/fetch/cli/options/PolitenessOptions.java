package fetch.cli.options;

import fetch.cli.preview.Preview;
import fetch.frontier.Politeness;
import fetch.frontier.Rate;
import fetch.robots.RobotsReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Limits per host, rates and robots.txt. */
public final class PolitenessOptions implements OptionGroup {
  private final OptionSpec perHost =
      OptionGroup.option(
              "N",
              "Keep at most N requests in flight to one host. Default: the number of workers.",
              "--per-host")
          .type(Integer.class)
          .converters(Converters.of(Converters::count))
          .build();
  private final OptionSpec rate =
      rate("Start at most N requests per unit of time, e.g. 50/s, 30/m or 100/h.", "--rate");
  private final OptionSpec perHostRate =
      rate("Start at most N requests to one host per unit of time.", "--per-host-rate");
  private final OptionSpec noHostBreaker =
      OptionGroup.flag(
          "Keep sending requests to a host after 10 failures in a row. Otherwise its"
              + " entries fail at once, except one every 30s.",
          "--no-host-breaker");

  private final OptionSpec robots =
      OptionGroup.flag(
          "Fetch and obey each host's robots.txt, including a Crawl-delay of up to 1m."
              + " Rules apply to the product name that --user-agent starts with.",
          "--robots");

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
    return List.of(perHost, rate, perHostRate, robots, noHostBreaker);
  }

  public boolean obeysRobots() {
    return robots.getValue();
  }

  /** A preview that estimates the time these limits need. */
  public Preview preview() {
    return new Preview(interval(rate.getValue()), interval(perHostRate.getValue()));
  }

  private static double interval(@Nullable Rate rate) {
    return rate == null ? 0 : rate.intervalNanos();
  }

  /**
   * How hosts are treated.
   *
   * @param userAgent the User-Agent that is sent
   */
  public Politeness politeness(String userAgent) {
    @Nullable Integer most = perHost.getValue();
    boolean neverMind = noHostBreaker.getValue();
    return new Politeness(
        most == null ? Integer.MAX_VALUE : most,
        rate.getValue(),
        perHostRate.getValue(),
        !neverMind,
        obeysRobots() ? new RobotsReader(userAgent) : null);
  }
}
