package fetch.compare;

import fetch.strategy.StrategyKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be run: in each round every setting once, each round beginning elsewhere, so that what
 * changes with time (a server that tires, a machine that warms up) falls on all alike.
 *
 * @param runs how many rounds
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

  /** The settings in the order of a round, which is counted from 0. */
  List<Setting> round(int number) {
    int stride = Math.max(1, settings.size() / runs);
    List<Setting> rotated = new ArrayList<>(settings);
    Collections.rotate(rotated, -number * stride % settings.size());
    return rotated;
  }

  /** What is run before all else, and not counted: the setting with the most workers. */
  Setting warmUp() {
    return Collections.max(settings, Comparator.comparingInt(Setting::workers));
  }

  /** How many runs there are in all, but for the warm-up. */
  int total() {
    return settings.size() * runs;
  }
}
