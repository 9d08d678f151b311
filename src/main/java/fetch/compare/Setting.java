package fetch.compare;

import fetch.strategy.StrategyKind;
import java.util.List;

/**
 * Combines a strategy and a number of workers.
 *
 * @param workers the limit of requests in flight; 1 for serial
 */
public record Setting(StrategyKind strategy, int workers) {
  public Setting {
    workers = strategy == StrategyKind.SERIAL ? 1 : workers;
  }

  boolean isSerial() {
    return strategy == StrategyKind.SERIAL;
  }

  /** The command-line options of the setting. */
  public List<String> options() {
    return isSerial()
        ? List.of("-s", strategy.toString())
        : List.of("-s", strategy.toString(), "-w", Integer.toString(workers));
  }

  @Override
  public String toString() {
    return isSerial() ? strategy.toString() : strategy + " " + workers;
  }
}
