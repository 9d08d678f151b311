package fetch.compare;

import fetch.strategy.StrategyKind;
import java.util.List;

/**
 * Combines a strategy and a number of workers.
 *
 * @param workers the limit of requests in flight; 1 for serial, {@link #AUTO} for auto
 */
public record Setting(StrategyKind strategy, int workers) {
  /** The number that fetch finds itself. */
  public static final int AUTO = 0;

  public Setting {
    workers = strategy == StrategyKind.SERIAL ? 1 : workers;
  }

  boolean isSerial() {
    return strategy == StrategyKind.SERIAL;
  }

  boolean isAuto() {
    return workers == AUTO;
  }

  /** The number of workers as on the command line. */
  String shownWorkers() {
    return isAuto() ? "auto" : Integer.toString(workers);
  }

  /** The command-line options of the setting. */
  public List<String> options() {
    return isSerial()
        ? List.of("-s", strategy.toString())
        : List.of("-s", strategy.toString(), "-w", shownWorkers());
  }

  @Override
  public String toString() {
    return isSerial() ? strategy.toString() : strategy + " " + shownWorkers();
  }
}
