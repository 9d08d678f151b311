package fetch.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a plan, one run after the other. It is made on one thread, and stopped from any: then what
 * is done counts, and the run under way does not.
 */
public final class Comparison {
  /** As a shell says that a process was ended by Ctrl-C, which reaches all of them. */
  private static final int INTERRUPTED = 130;

  private final RunPlan plan;
  private final Duration pause;
  private final Runner runner;
  private final Progress progress;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Trial> trials = new ArrayList<>();

  /**
   * @param pause how long to wait between runs
   */
  public Comparison(RunPlan plan, Duration pause, Runner runner, Progress progress) {
    this.plan = plan;
    this.pause = pause;
    this.runner = runner;
    this.progress = progress;
  }

  /** Makes a run that counts for nothing, so that names are resolved and servers awake. */
  public Trial.Outcome warmUp() throws IOException, InterruptedException {
    progress.warmingUp(plan.warmUp());
    return runner.run(plan.warmUp());
  }

  /** Runs the plan, or as much of it as there is time for. */
  public List<Trial> run() throws IOException, InterruptedException {
    try {
      for (int round = 0; round < plan.runs(); round++) {
        for (Setting setting : plan.round(round)) {
          if (isStoppedWithin(pause)) {
            return trials;
          }
          make(setting);
        }
      }
      return trials;
    } finally {
      progress.over();
    }
  }

  private void make(Setting setting) throws IOException, InterruptedException {
    progress.begins(trials.size() + 1, plan.total(), setting);
    Trial trial = new Trial(setting, runner.run(setting));
    if (trial.outcome() instanceof Trial.Failed(int exitCode, _) && exitCode == INTERRUPTED) {
      stop();
    }
    if (!isStopped()) {
      trials.add(trial);
      progress.ended(trial);
    }
  }

  private boolean isStoppedWithin(Duration time) throws InterruptedException {
    return stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends it. */
  public void stop() {
    stop.countDown();
    runner.stop();
  }

  /** Whether it was ended before all was done. */
  public boolean isStopped() {
    return stop.getCount() == 0;
  }
}
