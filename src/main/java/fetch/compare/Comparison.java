package fetch.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a plan, one run after the other. For one thread, except {@link #stop}: finished runs then
 * count, the current run does not.
 */
public final class Comparison {
  /** The exit code of a process ended by Ctrl-C, which the terminal sends to all of them. */
  private static final int INTERRUPTED = 130;

  private final RunPlan plan;
  private final Duration pause;
  private final Runner runner;
  private final Progress progress;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Trial> trials = new ArrayList<>();

  /**
   * @param pause the time between runs
   */
  public Comparison(RunPlan plan, Duration pause, Runner runner, Progress progress) {
    this.plan = plan;
    this.pause = pause;
    this.runner = runner;
    this.progress = progress;
  }

  /** Makes a run that is not counted, to resolve names and warm up servers. */
  public Trial.Outcome warmUp() throws IOException, InterruptedException {
    progress.warmingUp(plan.warmUp());
    return runner.run(plan.warmUp());
  }

  /** Runs the plan until its end or {@link #stop}. */
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

  /** Ends the comparison. */
  public void stop() {
    stop.countDown();
    runner.stop();
  }

  /** Whether the comparison was stopped. */
  public boolean isStopped() {
    return stop.getCount() == 0;
  }
}
