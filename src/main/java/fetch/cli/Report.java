package fetch.cli;

import fetch.Attempt;
import fetch.Clock;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Limit;
import fetch.Quantity;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.cli.Shutdown.Reason;
import fetch.cli.options.IoMessages;
import fetch.cli.options.OptionGroup;
import fetch.cli.options.PassedOption;
import fetch.cli.options.UsageException;
import fetch.engine.Concurrency;
import fetch.engine.RunListener;
import fetch.file.ReplacedFile;
import fetch.input.Source;
import fetch.output.SummaryFormat.Rest;
import fetch.report.RunReport;
import fetch.report.RunStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the HTML report of a run, if {@code --report} is given. Safe for many threads. */
final class Report {
  private final List<String> sources;
  private final List<OptionGroup> groups;
  private final Console console;
  private final @Nullable ReplacedFile file;
  private @Nullable Begun begun;
  private boolean written;
  private boolean failed;

  /**
   * A run in progress.
   *
   * @param moment of its start
   */
  private record Begun(RunStatistics statistics, Instant moment, Concurrency concurrency)
      implements RunListener {
    @Override
    public void attempted(FetchRequest request, Attempt attempt) {
      statistics.attempted(request, attempt);
    }

    @Override
    public void ended(FetchResult result) {
      statistics.ended(result);
    }
  }

  /**
   * @param path of the file, null for none
   * @param sources as given
   * @param groups of the options, formatted only when the page is written
   */
  Report(@Nullable Path path, List<String> sources, List<OptionGroup> groups, Console console) {
    this.file = path == null ? null : new ReplacedFile(path, false);
    this.sources = sources;
    this.groups = groups;
    this.console = console;
  }

  /** Checks that the page can be written, before hours of fetching. */
  void check() throws UsageException {
    try {
      if (file != null) {
        file.check();
      }
    } catch (IOException e) {
      throw new UsageException("--report: " + IoMessages.of(e));
    }
  }

  /**
   * Starts counting; null if nothing is counted.
   *
   * @param resumable whether stopped entries are left to the next run
   */
  synchronized @Nullable RunListener begin(
      Clock clock, boolean resumable, Concurrency concurrency) {
    if (file != null) {
      Instant now = Instant.ofEpochMilli(clock.epochMillis()).truncatedTo(ChronoUnit.SECONDS);
      begun = new Begun(new RunStatistics(clock, resumable), now, concurrency);
    }
    return begun;
  }

  /** Starts the clock of the page, just before the first request. */
  synchronized void start() {
    if (begun != null) {
      begun.statistics().start();
    }
  }

  /**
   * Writes the page, once. Returns the exit code of the run, or another one if writing fails.
   *
   * @param limits how long limits held entries back, in nanoseconds
   * @param workers how many there were; null if their number was fixed
   * @param reason why the run ended early, null if it did not
   */
  synchronized int write(
      Tally tally,
      Rest rest,
      Map<Limit, Long> limits,
      @Nullable WorkersUsed workers,
      @Nullable Reason reason,
      int exitCode) {
    ReplacedFile target = file;
    Begun run = begun;
    if (target != null && run != null && !written) {
      written = true;
      try {
        target.write(
            RunReport.of(run.statistics(), tally, rest, limits, subject(run, workers, reason)));
      } catch (IOException e) {
        failed = true;
        console.say("cannot write the report: " + IoMessages.of(e));
      }
    }
    boolean ended = exitCode == ExitCode.OK || exitCode == ExitCode.SOME_FAILED;
    return failed && ended ? ExitCode.IO : exitCode;
  }

  private RunReport.Subject subject(
      Begun run, @Nullable WorkersUsed workers, @Nullable Reason reason) {
    List<String> facts = new ArrayList<>();
    if (reason != null) {
      facts.add(words(reason));
    }
    Concurrency concurrency = run.concurrency();
    facts.add(run.moment().toString());
    facts.add(
        workers == null
            ? concurrency.strategy() + " with " + Quantity.of(concurrency.workers(), "worker")
            : concurrency.strategy() + ", " + workers);
    facts.add(Version.line());
    return new RunReport.Subject(
        list(), facts, PassedOption.of(groups).stream().map(PassedOption::shown).toList(), false);
  }

  private static String words(Reason reason) {
    return switch (reason) {
      case Reason.Signalled(int number) -> "stopped by signal " + number;
      case Reason.DeadlineReached _ -> "stopped at the deadline";
      case Reason.OutputClosed _ -> "stopped when standard output was closed";
      case Reason.OutputFailed(String message) -> "stopped: " + message;
      case Reason.Bug _ -> "stopped by a bug in fetch";
    };
  }

  /** The name of the list. */
  private String list() {
    String first =
        sources.isEmpty() || sources.getFirst().equals("-") ? "standard input" : sources.getFirst();
    return Source.shown(first) + (sources.size() > 1 ? " and more" : "");
  }
}
