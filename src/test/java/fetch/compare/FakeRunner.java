package fetch.compare;

import fetch.compare.Trial.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs nothing, and says that each run took a second. */
final class FakeRunner implements Runner {
  final List<Setting> ran = new ArrayList<>();
  private final Map<Integer, Runnable> during = new HashMap<>();
  private final Map<Setting, Trial.Outcome> outcomes = new HashMap<>();
  private boolean stopped;

  /** Does something in the midst of a run, which is counted from 1, the warm-up included. */
  FakeRunner during(int run, Runnable what) {
    during.put(run, what);
    return this;
  }

  FakeRunner ending(Setting setting, Trial.Outcome outcome) {
    outcomes.put(setting, outcome);
    return this;
  }

  boolean stopped() {
    return stopped;
  }

  @Override
  public Trial.Outcome run(Setting setting) {
    ran.add(setting);
    during.getOrDefault(ran.size(), () -> {}).run();
    return stopped
        ? new Trial.Failed(137, "it was killed")
        : outcomes.getOrDefault(setting, new Measured(1, Measurements.figures()));
  }

  @Override
  public void stop() {
    stopped = true;
  }
}
