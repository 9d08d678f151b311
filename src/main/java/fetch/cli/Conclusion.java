package fetch.cli;

import fetch.Changes;
import fetch.Tally;
import fetch.cli.Shutdown.Reason;
import fetch.cli.options.InputList;
import fetch.engine.EngineRun;
import fetch.output.Delays;
import fetch.output.SummaryFormat;
import fetch.output.SummaryFormat.Rest;
import fetch.output.SummaryFormat.Summary;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run: holds the reason, prints the summary and decides the exit code. Safe for many
 * threads.
 */
final class Conclusion {
  private final RunOptions options;
  private final InputList list;
  private final Shutdown shutdown;
  private final Reports reports;
  private final AtomicBoolean summarized = new AtomicBoolean();
  private final AtomicBoolean inputFailed = new AtomicBoolean();

  /**
   * Where a run reports to.
   *
   * @param display of the progress, which ends with the summary
   * @param metrics of the run
   * @param report the HTML page
   * @param colors of the summary
   * @param bugs of requests
   * @param bugReport for an exception that ends the run
   */
  record Reports(
      ProgressDisplay display,
      Metrics metrics,
      Report report,
      ColorPolicy colors,
      BugListener bugs,
      BugReport bugReport) {
    Console console() {
      return display.console();
    }
  }

  Conclusion(RunOptions options, InputList list, Shutdown shutdown, Reports reports) {
    this.options = options;
    this.list = list;
    this.shutdown = shutdown;
    this.reports = reports;
  }

  /** Records that a source cannot be read. */
  void inputFailed(String complaint) {
    inputFailed.set(true);
    reports.console().say(complaint);
  }

  /**
   * Prints the summary, unless it was printed, writes the report and the final metrics, and returns
   * the exit code.
   */
  int conclude(EngineRun run, Destination destination) {
    Tally tally = run.results().tally();
    Rest rest = rest(run);
    Delays delays = new Delays(run.lookupShare(), run.limitWaits());
    int exitCode = exitCode(tally, destination);
    if (summarized.compareAndSet(false, true)) {
      reports.bugs().sayHowManyMore();
      reports.display().close();
      sayWhyItEnded();
      summarize(run, tally, rest, delays);
    }
    int reported =
        reports
            .report()
            .write(tally, rest, delays.limits(), run.workersUsed(), shutdown.reason(), exitCode);
    reports.metrics().end(reported, rest);
    return reported;
  }

  private void sayWhyItEnded() {
    switch (shutdown.reason()) {
      case Reason.OutputFailed failed -> reports.console().say(failed.message());
      case Reason.Bug bug -> reports.console().report(reports.bugReport().of(bug.thrown()));
      case Reason.OutputClosed _, Reason.Signalled _, Reason.DeadlineReached _ -> {}
      case null -> {}
    }
  }

  private void summarize(EngineRun run, Tally tally, Rest rest, Delays delays) {
    SummaryFormat format = summaryFormat();
    if (format != null) {
      Changes changes = run.results().changes(isWhole(run), list.part());
      String text =
          format.format(
              new Summary(tally, rest, run.results().hosts(), changes, delays, run.workersUsed()),
              reports.colors().ofMessages());
      reports.console().err().println(text);
    }
  }

  /** The summary of an unfinished run. */
  static String soFar(Tally tally) {
    return "so far " + SummaryFormat.TEXT.format(new Summary(tally, new Rest.None()));
  }

  /** The format of the summary, null for no summary. */
  @Nullable SummaryFormat summaryFormat() {
    return shutdown.reason() instanceof Reason.OutputClosed ? null : options.output().summary();
  }

  /** Whether the run has read the whole list. */
  private boolean isWhole(EngineRun run) {
    return shutdown.reason() == null && run.inputRead() && !inputFailed.get() && list.isUnlimited();
  }

  /** The entries without a result. */
  private Rest rest(EngineRun run) {
    if (shutdown.reason() == null) {
      return new Rest.None();
    }
    boolean counted = run.inputRead();
    long entries = run.notReached();
    if (counted && entries == 0) {
      return new Rest.None();
    }
    return counted ? new Rest.Known(entries) : new Rest.AtLeast(entries);
  }

  private int exitCode(Tally tally, Destination destination) {
    Reason reason = shutdown.reason();
    if (reason != null) {
      return reason.exitCode();
    }
    if (reports.bugs().hasBugs()) {
      return ExitCode.BUG;
    }
    if (inputFailed.get()) {
      return ExitCode.IO;
    }
    long failed = tally.failed() + destination.keptOfFailed();
    long urls = tally.urls() + destination.kept();
    boolean fails = options.end().success().failIf().fails(failed, urls);
    return fails ? ExitCode.SOME_FAILED : ExitCode.OK;
  }
}
