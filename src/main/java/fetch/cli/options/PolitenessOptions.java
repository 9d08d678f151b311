package fetch.cli.options;

import fetch.ByHost;
import fetch.cli.preview.Preview;
import fetch.engine.HostSettings;
import fetch.frontier.Politeness;
import fetch.frontier.Rate;
import fetch.robots.RobotsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for limits per host, rates and robots.txt. */
public final class PolitenessOptions implements OptionGroup {
  private final OptionSpec perHost =
      OptionGroup.option(
              "N",
              "Keep at most N requests in flight to one host. Default: the number of workers, 256"
                  + " with -w auto.",
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

  /**
   * A preview that estimates the time these limits need.
   *
   * @param hosts the settings of single hosts, by their patterns
   */
  public Preview preview(Map<String, HostSettings> hosts) {
    ByHost<HostSettings> byHost = HostSettings.byHost(hosts);
    double usual = interval(perHostRate.getValue());
    return new Preview(
        interval(rate.getValue()),
        byHost.map(own -> own.limits().rate() == null ? usual : interval(own.limits().rate())),
        byHost.map(PolitenessOptions::limits));
  }

  /** The limits of a host, in the syntax of options. */
  private static String limits(HostSettings own) {
    List<String> limits = new ArrayList<>();
    @Nullable Rate hostRate = own.limits().rate();
    @Nullable Duration maxTime = own.request().maxTime();
    if (hostRate != null) {
      limits.add("per-host-rate=" + hostRate);
    }
    if (own.limits().perHost() != null) {
      limits.add("per-host=" + own.limits().perHost());
    }
    if (own.limits().retries() != null) {
      limits.add("retry=" + own.limits().retries());
    }
    if (maxTime != null) {
      long millis = maxTime.toMillis();
      limits.add("max-time=" + (millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms"));
    }
    return String.join(", ", limits);
  }

  private static double interval(@Nullable Rate rate) {
    return rate == null ? 0 : rate.intervalNanos();
  }

  /**
   * The limits that protect hosts.
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
