package fetch.compare;

import fetch.strategy.StrategyKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Orders the runs: each round runs every setting once and begins with another setting, so that
 * changes over time (of server or machine) affect all settings alike.
 *
 * @param runs the number of rounds
 */
public record RunPlan(List<Setting> settings, int runs) {
  /** Every strategy with every number of workers, but serial only once. */
  public static RunPlan of(List<StrategyKind> strategies, List<Integer> workers, int runs) {
    Set<Setting> settings = new LinkedHashSet<>();
    for (StrategyKind strategy : strategies) {
      workers.forEach(most -> settings.add(new Setting(strategy, most)));
    }
    return new RunPlan(List.copyOf(settings), runs);
  }

  /** The settings in the order of a round, counted from 0. */
  List<Setting> round(int number) {
    int stride = Math.max(1, settings.size() / runs);
    List<Setting> rotated = new ArrayList<>(settings);
    Collections.rotate(rotated, -number * stride % settings.size());
    return rotated;
  }

  /** The setting of the warm-up: the one with the most workers that are known before. */
  Setting warmUp() {
    return Collections.max(settings, Comparator.comparingInt(Setting::workers));
  }

  /** The number of runs, without the warm-up. */
  int total() {
    return settings.size() * runs;
  }
}
