package fetch.cli;

import fetch.compare.Progress;
import fetch.compare.Setting;
import fetch.compare.Trial;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the progress of a comparison: on a terminal in one line that is updated, elsewhere in one
 * line per run.
 */
final class CompareProgress implements Progress {
  private static final String CLEAR = "\r\033[K";

  private final Console console;
  private final boolean redraws;
  private final boolean reports;
  private final Map<Setting, Double> seconds = new HashMap<>();
  private int number;
  private int total;

  CompareProgress(Console console, boolean quiet) {
    this.console = console;
    this.redraws = !quiet && console.errIsTerminal();
    this.reports = !quiet && !redraws;
  }

  @Override
  public void warmingUp(Setting setting) {
    redraw("warming up: " + setting);
  }

  @Override
  public void begins(int begun, int all, Setting setting) {
    number = begun;
    total = all;
    redraw("run " + number + " of " + total + ": " + setting + timeLeft());
  }

  /**
   * The estimated time left; empty until every setting has run, as their times may differ widely.
   */
  private String timeLeft() {
    int known = seconds.size();
    if (known == 0 || number - 1 <= known) {
      return "";
    }
    double once = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    return String.format(Locale.ROOT, ", %.0f s left", once * (total - number + 1) / known);
  }

  private void redraw(String text) {
    if (redraws) {
      console.err().print(CLEAR + text);
      console.err().flush();
    }
  }

  @Override
  public void ended(Trial trial) {
    switch (trial.outcome()) {
      case Trial.Measured measured -> {
        seconds.put(trial.setting(), measured.seconds());
        report(trial, String.format(Locale.ROOT, "%.2f s", measured.seconds()));
      }
      case Trial.Failed failed -> report(trial, "failed: " + failed.reason());
    }
  }

  private void report(Trial trial, String end) {
    if (reports) {
      console.say("run " + number + " of " + total + ": " + trial.setting() + ": " + end);
    }
  }

  @Override
  public void over() {
    redraw("");
  }
}
