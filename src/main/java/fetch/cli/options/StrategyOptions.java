package fetch.cli.options;

import fetch.engine.Concurrency;
import fetch.engine.Settings;
import fetch.strategy.StrategyKind;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The strategy and its number of workers. */
public final class StrategyOptions implements OptionGroup {
  private static final Concurrency DEFAULTS = Settings.DEFAULTS.concurrency();
  private static final int MOST_WORKERS = 100_000;

  private final OptionSpec strategy =
      OptionGroup.option(
              "NAME",
              "Use serial, pool (platform threads), virtual (virtual threads) or async"
                  + " (callbacks). Default: "
                  + DEFAULTS.strategy()
                  + ".",
              "-s",
              "--strategy")
          .type(StrategyKind.class)
          .converters(Converters.of(text -> Converters.choice(StrategyKind.class, text)))
          .defaultValue(DEFAULTS.strategy().toString())
          .build();

  private final OptionSpec workers =
      OptionGroup.option(
              "N",
              "Keep at most N requests in flight. Default: " + DEFAULTS.workers() + ".",
              "-w",
              "--workers")
          .type(int.class)
          .converters(Converters.of(StrategyOptions::count))
          .defaultValue(Integer.toString(DEFAULTS.workers()))
          .build();

  /** Parses a number of workers. */
  public static int count(String text) {
    return Math.toIntExact(Converters.number(text, 1, MOST_WORKERS));
  }

  @Override
  public String heading() {
    return "Strategy";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(strategy, workers);
  }

  public Concurrency concurrency() {
    return new Concurrency(strategy.getValue(), workers.getValue());
  }
}
