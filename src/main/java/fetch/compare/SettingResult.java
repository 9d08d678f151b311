package fetch.compare;

import fetch.compare.Trial.Failed;
import fetch.compare.Trial.Measured;
import fetch.report.Latencies;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds all measurements of a setting.
 *
 * @param latencies of all runs together
 * @param mishaps the reasons of failed runs
 */
record SettingResult(
    Setting setting, List<Measured> runs, Latencies latencies, List<String> mishaps) {
  static SettingResult of(Setting setting, List<Trial> trials) {
    List<Measured> runs = new ArrayList<>();
    List<String> mishaps = new ArrayList<>();
    Latencies latencies = new Latencies();
    for (Trial trial : trials) {
      if (!trial.setting().equals(setting)) {
        continue;
      }
      switch (trial.outcome()) {
        case Measured measured -> {
          runs.add(measured);
          latencies.add(measured.figures().latencies());
        }
        case Failed failed -> mishaps.add(failed.reason());
      }
    }
    return new SettingResult(setting, runs, latencies, mishaps);
  }

  /** Whether a run succeeded. */
  boolean isMeasured() {
    return !runs.isEmpty();
  }

  /** The number of workers; for auto, the one at the end of the first run. */
  int workers() {
    return setting.isAuto() ? runs.getFirst().figures().workers() : setting.workers();
  }

  /** Seconds from the start of the process to its end. */
  Spread wall() {
    return Spread.of(runs, Measured::seconds);
  }

  double urls() {
    return Spread.of(runs, run -> run.figures().urls()).median();
  }

  double urlsPerSecond() {
    return urls() / wall().median();
  }

  double user() {
    return Spread.of(runs, run -> run.figures().usage().user()).median();
  }

  double system() {
    return Spread.of(runs, run -> run.figures().usage().system()).median();
  }

  /** Processor seconds, in the program and in the kernel. */
  double processor() {
    return user() + (Double.isNaN(system()) ? 0 : system());
  }

  /** Peak resident memory in bytes. */
  Spread memory() {
    return Spread.of(runs, run -> run.figures().usage().peakMemory());
  }

  double peakMemory() {
    return memory().median();
  }

  /** The highest number of failed URLs in a run. */
  long failed() {
    return runs.stream().mapToLong(run -> run.figures().failed()).max().orElse(0);
  }

  /** The number of responses with 429 in all runs. */
  long throttled() {
    return runs.stream().mapToLong(run -> run.figures().throttled()).sum();
  }
}
