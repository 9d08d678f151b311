package fetch.compare;

import fetch.strategy.StrategyKind;
import java.util.List;

/**
 * One way to run.
 *
 * @param workers the most requests in flight; 1 for serial, which knows no more
 */
public record Setting(StrategyKind strategy, int workers) {
  public Setting {
    workers = strategy == StrategyKind.SERIAL ? 1 : workers;
  }

  boolean isSerial() {
    return strategy == StrategyKind.SERIAL;
  }

  /** What asks fetch for it. */
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
