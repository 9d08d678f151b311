package fetch.cli.options;

import fetch.cli.preview.Preview;
import fetch.frontier.Politeness;
import fetch.frontier.Rate;
import fetch.robots.RobotsReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** How hosts are treated. */
public final class PolitenessOptions implements OptionGroup {
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

  private final OptionSpec robots =
      OptionGroup.flag(
          "Obey each host's robots.txt, which is fetched first, and its Crawl-delay, up to a"
              + " minute. Goes by the name that --user-agent begins with.",
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

  /** Counts what these limits make take time. */
  public Preview preview() {
    return new Preview(interval(rate.getValue()), interval(perHostRate.getValue()));
  }

  private static double interval(@Nullable Rate rate) {
    return rate == null ? 0 : rate.intervalNanos();
  }

  /**
   * How hosts are treated.
   *
   * @param userAgent what fetch calls itself
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
