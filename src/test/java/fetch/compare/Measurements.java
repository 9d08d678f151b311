package fetch.compare;

import fetch.compare.Figures.Slowest;
import fetch.compare.Trial.Measured;
import fetch.report.Latencies;
import fetch.strategy.StrategyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings, figures and trials to test with. */
final class Measurements {
  static final Setting SERIAL = new Setting(StrategyKind.SERIAL, 1);
  static final Setting POOL_4 = new Setting(StrategyKind.POOL, 4);
  static final Setting POOL_16 = new Setting(StrategyKind.POOL, 16);
  static final Setting VIRTUAL_4 = new Setting(StrategyKind.VIRTUAL, 4);
  static final Setting VIRTUAL_16 = new Setting(StrategyKind.VIRTUAL, 16);

  private final List<Trial> trials = new ArrayList<>();

  /** A hundred URLs of 100 ms each, all ok. */
  static Figures figures() {
    Latencies latencies = new Latencies();
    latencies.record(100_000_000, 100);
    return new Figures(
        16,
        100,
        100,
        Map.of(200, 100L),
        new Slowest("http://127.0.0.1/slow", 0.1),
        latencies,
        new ResourceUsage(0.5, 0.25, 70e6));
  }

  static Figures costing(double user, double peakMemory) {
    Figures figures = figures();
    return new Figures(
        figures.workers(),
        figures.urls(),
        figures.ok(),
        figures.statuses(),
        figures.slowest(),
        figures.latencies(),
        new ResourceUsage(user, 0, peakMemory));
  }

  static Figures failing(long failed, Map<Integer, Long> statuses) {
    Figures figures = figures();
    return new Figures(
        figures.workers(),
        figures.urls(),
        figures.urls() - failed,
        statuses,
        figures.slowest(),
        figures.latencies(),
        figures.usage());
  }

  static Figures slowedBy(String url, double seconds) {
    Figures figures = figures();
    return new Figures(
        figures.workers(),
        figures.urls(),
        figures.ok(),
        figures.statuses(),
        new Slowest(url, seconds),
        figures.latencies(),
        figures.usage());
  }

  Measurements took(Setting setting, double... seconds) {
    return took(setting, figures(), seconds);
  }

  Measurements took(Setting setting, Figures figures, double... seconds) {
    for (double each : seconds) {
      trials.add(new Trial(setting, new Measured(each, figures)));
    }
    return this;
  }

  Measurements failed(Setting setting, String reason) {
    trials.add(new Trial(setting, new Trial.Failed(70, reason)));
    return this;
  }

  ComparisonResults results() {
    List<Setting> settings = trials.stream().map(Trial::setting).distinct().toList();
    return ComparisonResults.of(new RunPlan(settings, trials.size() / settings.size()), trials);
  }

  List<String> warnings() {
    return Warnings.of(results());
  }

  /** What is advised, with a command that names the setting. */
  Advice advice() {
    Advice advice = Advice.of(results(), setting -> "take " + setting);
    if (advice == null) {
      throw new AssertionError("nothing is advised");
    }
    return advice;
  }
}
