package fetch.cli.options;

import fetch.compare.Setting;
import fetch.engine.Concurrency;
import fetch.engine.Settings;
import fetch.strategy.StrategyKind;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Options for the strategy and the number of workers. */
public final class StrategyOptions implements OptionGroup {
  private static final Concurrency DEFAULTS = Settings.DEFAULTS.concurrency();
  private static final int MOST_WORKERS = 100_000;
  private static final String AUTO = "auto";

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
              "N|auto",
              "Keep at most N requests in flight; auto: as many as raise the throughput, up to "
                  + Concurrency.MOST_ADAPTED
                  + ". Default: "
                  + DEFAULTS.workers()
                  + ".",
              "-w",
              "--workers")
          .type(int.class)
          .converters(Converters.of(StrategyOptions::count))
          .completionCandidates(() -> List.of(AUTO).iterator())
          .defaultValue(Integer.toString(DEFAULTS.workers()))
          .build();

  /** Parses a number of workers; {@link Setting#AUTO} for the word {@code auto}. */
  public static int count(String text) {
    if (text.strip().equals(AUTO)) {
      return Setting.AUTO;
    }
    try {
      return Math.toIntExact(Converters.number(text, 1, MOST_WORKERS));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or auto", e);
    }
  }

  @Override
  public String heading() {
    return "Strategy";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(strategy, workers);
  }

  /**
   * The strategy and number of workers.
   *
   * @throws UsageException for serial with auto
   */
  public Concurrency concurrency() throws UsageException {
    StrategyKind kind = strategy.getValue();
    int most = workers.getValue();
    if (most != Setting.AUTO) {
      return new Concurrency(kind, most);
    }
    if (kind == StrategyKind.SERIAL) {
      throw new UsageException(
          "--workers=auto needs --strategy=pool, virtual or async: serial makes one request at a"
              + " time");
    }
    return Concurrency.adaptive(kind);
  }
}
