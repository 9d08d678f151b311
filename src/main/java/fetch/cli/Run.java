package fetch.cli;

import fetch.BadLine;
import fetch.Clock;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.FetchResult.Scheduling;
import fetch.Quantity;
import fetch.Representation;
import fetch.SavedBody;
import fetch.Validators;
import fetch.WorkersUsed;
import fetch.body.BodyDirectory;
import fetch.cli.Conclusion.Reports;
import fetch.cli.Shutdown.Reason;
import fetch.cli.options.InputList;
import fetch.cli.options.IoMessages;
import fetch.engine.Attachments;
import fetch.engine.Concurrency;
import fetch.engine.Engine;
import fetch.engine.EngineRun;
import fetch.engine.ResultPipeline;
import fetch.engine.RunListener;
import fetch.engine.Settings;
import fetch.http.Collaborators;
import fetch.input.CompletedEntries;
import fetch.input.EntryReader;
import fetch.metrics.AttemptMetrics;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OrderedSink;
import fetch.output.ResultSink;
import fetch.since.EarlierRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One run of the command line: opens the files that the options name, lets the engine fetch the
 * list, handles signals and time limits, and reports. Start reading at {@link #execute}.
 */
final class Run {
  /** How long to wait for the count of entries that were not reached. */
  private static final Duration COUNTING = Duration.ofSeconds(1);

  /** How long a run may take to end cleanly; at most two seconds with the final output. */
  private static final Duration GRACE = Duration.ofMillis(1700);

  private final RunOptions options;
  private final InputList list;
  private final FileRoles files;
  private final ProgressDisplay display;
  private final Console console;
  private final ColorPolicy colors;
  private final BugListener bugs;
  private final Metrics metrics;
  private final Report report;
  private final Conclusion conclusion;
  private final Clock clock = Clock.system();
  private final AttemptMetrics traffic = new AttemptMetrics();
  private final Shutdown shutdown = new Shutdown(GRACE, Run::leave);
  private final @Nullable ComparisonProbe probe;

  Run(
      RunOptions options,
      InputList list,
      FileRoles files,
      ProgressDisplay display,
      Report report,
      Map<String, String> environment) {
    this.options = options;
    this.list = list;
    this.files = files;
    this.display = display;
    this.console = display.console();
    this.colors = new ColorPolicy(options.reporting().color(), console, environment);
    this.report = report;
    BugReport bugReport = new BugReport(options.end().groups());
    this.bugs = new BugListener(console, bugReport);
    this.metrics = new Metrics(options.reporting().metrics(), console, clock);
    Reports reports = new Reports(display, metrics, report, colors, bugs, bugReport);
    this.conclusion = new Conclusion(options, list, shutdown, reports);
    String figures = environment.get(ComparisonProbe.VARIABLE);
    this.probe = figures == null ? null : new ComparisonProbe(Path.of(figures));
  }

  /** Fetches the list and returns the exit code. */
  int execute() throws IOException {
    Logger log = startLog();
    try (Storage storage = Storage.open(options, list, files, clock, shutdown, console);
        Engine engine = new Engine(settings(log), attachments(storage, log));
        Destination destination = open(destinationColumns())) {
      sayIfFewWorkers(engine);
      storage.begin(options.durability().resume() != null, options.output().quiet(), console);
      EntryReader reader = reader(destination, storage.earlier());
      EngineRun run =
          engine.begin(
              reader,
              plan(destination, storage, engine.workers()),
              sink(destination, engine.workers()));
      supervise(run, destination, storage);
      watch(run, destination);
      fetch(run);
      storage.finish(shutdown, console);
      awaitCount(run);
      int exitCode = conclusion.conclude(run, destination);
      if (probe != null) {
        WorkersUsed used = run.workersUsed();
        probe.write(used == null ? engine.workers() : used.last(), run.results().tally());
      }
      return exitCode;
    } finally {
      shutdown.ended();
    }
  }

  private @Nullable Logger startLog() {
    Logging.silence();
    int verbosity = options.output().verbosity();
    if (verbosity > 0) {
      return Logging.start(verbosity, console.err());
    }
    if (options.obeysRobots()) {
      Logging.mute();
    }
    return null;
  }

  private Settings settings(@Nullable Logger log) {
    Settings settings = options.settings();
    return log == null ? settings : settings.with(settings.network().loggingTo(log::info));
  }

  private Attachments attachments(Storage storage, @Nullable Logger log) {
    int filesPerRequest = (options.bodies().saves() ? 1 : 0) + (storage.archive() == null ? 0 : 1);
    return new Attachments(
        new Collaborators(
            storage.bodies(),
            storage.earlier(),
            storage.archive(),
            options.output().details(),
            storage.jar()),
        skip(storage.directory()),
        listener(log),
        Attachments.Machine.ownedByFetch(filesPerRequest));
  }

  private RunListener listener(@Nullable Logger log) {
    List<RunListener> listeners = new ArrayList<>(List.of(bugs));
    if (display.isOn() || metrics.isOn()) {
      listeners.add(new TrafficListener(traffic));
    }
    if (probe != null) {
      listeners.add(probe);
    }
    if (log != null) {
      listeners.add(new LogListener(log));
    }
    RunListener counting =
        report.begin(
            clock, options.durability().resume() != null, options.settings().concurrency());
    if (counting != null) {
      listeners.add(counting);
    }
    return listeners.size() == 1 ? bugs : RunListener.of(listeners);
  }

  /**
   * The result of an entry that needs no request, by entry: status 0 and the file if that exists,
   * or a failure if --resume might repeat a request that is not idempotent.
   */
  private @Nullable Function<Entry, @Nullable FetchResult> skip(@Nullable BodyDirectory directory) {
    BodyDirectory existing = options.bodies().skipsExisting() ? directory : null;
    return existing == null && (options.durability().resume() == null || !list.isStructured())
        ? null
        : entry ->
            switch (entry) {
              case FetchRequest request -> skipped(request, existing);
              case BadLine _ -> null;
            };
  }

  private @Nullable FetchResult skipped(FetchRequest request, @Nullable BodyDirectory existing) {
    String method = request.method(options.method());
    if (!options.durability().allows(method)) {
      Failure failure =
          new Failure(
              FailureKind.REFUSED,
              "--resume could repeat this " + method + "; --at-least-once allows it");
      return new FetchResult(request, method, failure, null, 0, 0);
    }
    return existing == null ? null : existing(request, existing);
  }

  private @Nullable FetchResult existing(FetchRequest request, BodyDirectory directory) {
    SavedBody existing = directory.existing(request);
    if (existing == null) {
      return null;
    }
    Representation kept = new Representation(existing, Validators.NONE);
    String method = request.method(options.method());
    return new FetchResult(request, method, null, null, Scheduling.NONE, kept, null);
  }

  private void sayIfFewWorkers(Engine engine) {
    Concurrency concurrency = options.settings().concurrency();
    int wanted = concurrency.workers();
    if (engine.workers() < wanted && !concurrency.adaptive() && !options.output().quiet()) {
      console.say(
          "the limit of "
              + Quantity.of(engine.openFilesLimit(), "open file")
              + " leaves room for "
              + Quantity.of(engine.workers(), "worker")
              + ", not "
              + wanted
              + "; raise it with ulimit -n");
    }
  }

  private @Nullable List<Column> destinationColumns() {
    List<Field> further =
        new ArrayList<>(options.bodies().fields(options.warc().archives(), options.hashesBodies()));
    if (list.unique()) {
      further.add(Field.DUPLICATE_OF);
    }
    return RecordColumns.of(options.output(), further, list);
  }

  private Destination open(@Nullable List<Column> columns) throws IOException {
    return Destination.open(
        options.output(),
        options.durability(),
        columns,
        options.settings().request().action(),
        list,
        console);
  }

  private EntryReader reader(Destination destination, @Nullable EarlierRun since) {
    CompletedEntries earlier = destination.earlier();
    return list.reader(
            since == null || !destination.resumes() ? earlier : since.seeing(earlier),
            conclusion::inputFailed)
        .noteEmptySources(options.output().quiet() ? _ -> {} : console::say);
  }

  private ResultPipeline.Plan plan(Destination destination, Storage storage, int workers) {
    return new ResultPipeline.Plan(
        window(workers),
        options.output().selections(),
        options.reporting().summaryHosts(options.output().summary()),
        storage.earlier(),
        list.unique(),
        destination.resumes());
  }

  /**
   * The window of entries. Bodies wait in memory, so fewer entries are read ahead if records
   * include them.
   */
  private int window(int workers) {
    int most = options.settings().concurrency().adaptive() ? 128 : 2 * workers;
    int window = options.output().includesBody() ? most : OrderedSink.USUAL_WINDOW;
    return options.output().ordered() ? window : 0;
  }

  private ResultSink sink(Destination destination, int workers) {
    return destination.sink(
        colors.ofRecords(destination.isStandardOutput()),
        workers,
        failure -> shutdown.endBecause(reason(failure, destination.isStandardOutput())));
  }

  private static Reason reason(IOException failure, boolean standardOutput) {
    return standardOutput && IoMessages.isBrokenPipe(failure)
        ? new Reason.OutputClosed()
        : new Reason.OutputFailed(OutputStreams.cannotWrite(failure));
  }

  /** Arranges what ends the run early. */
  private void supervise(EngineRun run, Destination destination, Storage storage) {
    shutdown.onHold(() -> run.hold(stopReason()));
    shutdown.onStop(() -> stop(run));
    shutdown.beforeExit(() -> {
      storage.writeCookies(shutdown, console);
      conclusion.conclude(run, destination);
    });
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught(thrown));
    Signals.handle(
        signal -> isOutlived(signal) || shutdown.endBecause(new Reason.Signalled(signal)),
        signal -> leave(ExitCode.ofSignal(signal)));
    Signals.report(() -> console.err().println(Conclusion.soFar(run.results().tally())));
    Duration deadline = options.end().limits().deadline();
    if (deadline != null) {
      shutdown.endAfter(deadline, new Reason.DeadlineReached());
    }
  }

  private void stop(EngineRun run) {
    run.stop(stopReason());
    display.close();
  }

  private FailureKind stopReason() {
    boolean late = shutdown.reason() instanceof Reason.DeadlineReached;
    return late ? FailureKind.DEADLINE : FailureKind.INTERRUPTED;
  }

  /**
   * Whether the terminal was closed but results go to a file: the run continues, as under nohup.
   */
  private static boolean isOutlived(int signal) {
    return signal == Signals.HANG_UP && OutputStreams.standardOutputIsAFile();
  }

  /** Starts the progress display, the metrics and the report. */
  private void watch(EngineRun run, Destination destination) {
    display.begin(
        run.results()::tally,
        run::total,
        traffic::inFlight,
        run::workersUsed,
        () -> list.reader(destination.earlier(), _ -> {}));
    metrics.begin(run.results()::tally, traffic, run::workersUsed);
    report.start();
  }

  private void fetch(EngineRun run) {
    try (display) {
      run.execute();
    } catch (InterruptedException | RuntimeException | Error thrown) {
      shutdown.endBecause(new Reason.Bug(thrown));
    }
  }

  /** Waits briefly for the engine to count the entries that were not reached. */
  private void awaitCount(EngineRun run) {
    if (conclusion.summaryFormat() == null || !list.countable()) {
      return;
    }
    try {
      run.awaitInput(COUNTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without enough memory to end cleanly, exits at once. */
  private void uncaught(Throwable thrown) {
    try {
      shutdown.endBecause(new Reason.Bug(thrown));
    } catch (OutOfMemoryError e) {
      leave(ExitCode.BUG);
    }
  }

  private static void leave(int exitCode) {
    Runtime.getRuntime().halt(exitCode);
  }
}
