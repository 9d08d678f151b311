package fetch.cli;

import fetch.Changes;
import fetch.Clock;
import fetch.Entry;
import fetch.FailureKind;
import fetch.Tally;
import fetch.body.BodySink;
import fetch.body.Directory;
import fetch.cli.Ending.Reason;
import fetch.frontier.Frontier;
import fetch.frontier.Politeness;
import fetch.frontier.Verdict;
import fetch.http.CredentialScope;
import fetch.http.Exchange;
import fetch.http.RequestSettings;
import fetch.input.Earlier;
import fetch.input.EntryReader;
import fetch.input.Feed;
import fetch.input.Source;
import fetch.metrics.Traffic;
import fetch.output.Column;
import fetch.output.SummaryFormat;
import fetch.output.SummaryFormat.Rest;
import fetch.since.EarlierRun;
import fetch.strategy.Strategy;
import fetch.warc.Archive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One run, from the sources to the summary: the feed brings entries to the frontier, the strategy
 * drains it through the exchange, and results go down the sinks.
 */
final class Run {
  /** Entries that wait are read ahead of their turn; many would outlive the young generation. */
  private static final int LEAST_WINDOW = 256;

  /** How long what was not reached may be counted. */
  private static final Duration COUNTING = Duration.ofSeconds(1);

  /** How long a run may take to end in good order; with the farewell it makes two seconds. */
  private static final Duration GRACE = Duration.ofMillis(1700);

  private final FetchCommand command;
  private final Watch watch;
  private final Console console;
  private final Looks looks;
  private final Traffic traffic = new Traffic();
  private final Metrics metrics;
  private final Map<String, String> environment;
  private final Clock clock = Clock.system();
  private final Ending ending = new Ending(GRACE, Run::leave);
  private final AtomicBoolean inputFailed = new AtomicBoolean();
  private final AtomicBoolean summarized = new AtomicBoolean();
  private final @Nullable Notes notes;

  Run(FetchCommand command, Watch watch, Map<String, String> environment) {
    this.command = command;
    this.watch = watch;
    this.console = watch.console();
    this.looks = new Looks(command, console, environment);
    this.metrics = new Metrics(command.reporting.metrics(), console, clock);
    this.environment = environment;
    String figures = environment.get(Notes.VARIABLE);
    this.notes = figures == null ? null : new Notes(Path.of(figures));
  }

  /**
   * Fetches what the sources list and returns the exit code.
   *
   * @param credentialScope which hosts receive credentials
   */
  int execute(List<Source> sources, CredentialScope credentialScope) throws IOException {
    Transport transport = new Transport(command, console, environment, clock);
    int workers = transport.workers();
    int window = Math.max(LEAST_WINDOW, 2 * workers);
    RequestSettings requests = command.request.settings(Version.userAgent(), credentialScope);
    Strategy strategy = command.strategy.strategy().create(workers);
    Directory directory = directory();
    BodySink bodies = bodies(directory, sources);
    EarlierRun since = Since.read(command, directory, console);
    Politeness politeness = command.politeness.politeness(requests.sentUserAgent());
    try (Archive archive = command.warc.open(command, clock, this::bodiesEnd);
        ReportedExchange exchange =
            new ReportedExchange(
                counted(transport.open(requests, bodies, since, archive, notes)), console);
        Destination destination = Destination.open(command, columns(sources), sources, console)) {
      begin(archive);
      Sinks sinks = sinks(destination, workers, since);
      Frontier frontier =
          new Frontier(
              clock,
              verdict(),
              politeness,
              command.retry.policy(),
              notes == null ? sinks : notes.of(sinks),
              window,
              sinks.horizon());
      EntryReader reader =
          command
              .input
              .reader(sources, done(destination, since), this::inputFailed)
              .noteEmptySources(command.output.quiet() ? _ -> {} : console::say);
      Feed feed = new Feed(reader, offer(frontier, sinks, directory, since), frontier::endOfInput);
      ending.holdBy(() -> frontier.stop(stopReason()));
      ending.stopBy(() -> stop(exchange));
      ending.lastlyDo(
          () -> conclude(sinks, destination, rest(frontier, feed, sinks), feed, exchange));
      Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught(thrown));
      Signals.handle(
          signal -> isOutlived(signal) || ending.because(new Reason.Signalled(signal)),
          signal -> leave(ExitCode.ofSignal(signal)));
      Signals.report(() -> console.err().println(soFar(sinks)));
      watchDeadline();
      HeapWatch.begin();
      Thread reading = Thread.ofPlatform().daemon().name("feed").start(feed);
      watch.begin(
          sinks::tally, feed::total, traffic::inFlight, readers(sources, destination.earlier()));
      metrics.begin(sinks::tally, traffic);
      drain(strategy, frontier, exchange, sinks);
      finish(archive);
      awaitCount(sources, reading);
      int exitCode = conclude(sinks, destination, rest(frontier, feed, sinks), feed, exchange);
      if (notes != null) {
        notes.write(workers, sinks.tally());
      }
      return exitCode;
    } finally {
      ending.over();
    }
  }

  private void begin(@Nullable Archive archive) throws IOException {
    try {
      if (archive != null && command.durability.resume() == null) {
        archive.startAfresh();
      } else if (archive != null) {
        tellTorn(archive.goOn());
      }
    } catch (IOException e) {
      throw new IOException("the archive cannot be written: " + IoMessages.of(e), e);
    }
  }

  private void tellTorn(long bytes) {
    if (bytes > 0 && !command.output.quiet()) {
      console.say("a torn record of " + bytes + " bytes was dropped from the archive");
    }
  }

  private void finish(@Nullable Archive archive) {
    try {
      if (archive != null) {
        archive.finish();
      }
    } catch (IOException e) {
      bodiesEnd("the archive cannot be finished: " + IoMessages.of(e));
    }
  }

  /** Counts attempts where anybody wants to know. */
  private Exchange counted(Exchange exchange) {
    return watch.isOn() || metrics.isOn() ? new CountedExchange(exchange, traffic) : exchange;
  }

  private @Nullable Directory directory() throws IOException {
    return command.bodies.directory(this::isOk, command.files(), this::bodiesEnd, clock);
  }

  private @Nullable BodySink bodies(@Nullable Directory directory, List<Source> sources)
      throws IOException {
    boolean checked = command.input.format().anyStructured(sources);
    return command.bodies.sink(
        directory,
        command.warc.file(),
        checked,
        Since.hashes(command),
        this::isOk,
        this::bodiesEnd);
  }

  private boolean isOk(int status) {
    return command.success.accepted().contains(status);
  }

  private void bodiesEnd(String complaint) {
    ending.because(new Reason.OutputFailed(complaint));
  }

  private Verdict verdict() {
    return new Verdict(command.request.method(), command.success.accepted());
  }

  private @Nullable List<Column> columns(List<Source> sources) {
    return RecordColumns.of(
        command.output,
        command.bodies.fields(command.warc.archives(), Since.hashes(command)),
        command.input.format(),
        sources);
  }

  private Sinks sinks(Destination destination, int workers, @Nullable EarlierRun since) {
    return new Sinks(
        command.output,
        command.reporting.summaryHosts(),
        looks.ofRecords(),
        destination,
        workers,
        clock,
        since,
        ending::because);
  }

  /** What is left out of the list, be it known to be there. */
  private static Earlier done(Destination destination, @Nullable EarlierRun since) {
    Earlier earlier = destination.earlier();
    return since == null || !destination.resumes() ? earlier : since.seeing(earlier);
  }

  private Supplier<EntryReader> readers(List<Source> sources, Earlier earlier) {
    return () -> command.input.reader(sources, earlier, _ -> {});
  }

  private void inputFailed(String complaint) {
    inputFailed.set(true);
    console.say(complaint);
  }

  private ToIntFunction<List<Entry>> offer(
      Frontier frontier, Sinks sinks, @Nullable Directory directory, @Nullable EarlierRun since) {
    ToIntFunction<List<Entry>> unskipped =
        directory == null || !command.bodies.skipsExisting()
            ? frontier::offer
            : new SkippedEntries(
                directory,
                command.request.method(),
                sinks,
                () -> ending.reason() != null,
                frontier::offer);
    return entries -> {
      if (since != null) {
        entries.forEach(since::see);
      }
      sinks.expect(entries);
      return unskipped.applyAsInt(entries);
    };
  }

  private void watchDeadline() {
    Duration deadline = command.limits.deadline();
    if (deadline != null) {
      ending.after(deadline, new Reason.DeadlineReached());
    }
  }

  private void drain(Strategy strategy, Frontier frontier, Exchange exchange, Sinks sinks) {
    try (sinks;
        watch) {
      strategy.drain(frontier, exchange);
    } catch (InterruptedException | RuntimeException | Error thrown) {
      ending.because(bug(thrown));
    }
  }

  private void stop(Exchange exchange) {
    exchange.cancelAll(stopReason());
    watch.close();
  }

  private FailureKind stopReason() {
    boolean late = ending.reason() instanceof Reason.DeadlineReached;
    return late ? FailureKind.DEADLINE : FailureKind.INTERRUPTED;
  }

  /** The terminal is gone, but the results go into a file: the run goes on, as under nohup. */
  private static boolean isOutlived(int signal) {
    return signal == Signals.HANG_UP && Output.standardOutputIsAFile();
  }

  private static String soFar(Sinks sinks) {
    return "so far " + SummaryFormat.TEXT.format(sinks.tally(), new Rest.None());
  }

  /** Without memory even to end in good order, the program is left at once. */
  private void uncaught(Throwable thrown) {
    try {
      ending.because(bug(thrown));
    } catch (OutOfMemoryError e) {
      leave(ExitCode.BUG);
    }
  }

  private static Reason bug(Throwable thrown) {
    return new Reason.Bug(thrown);
  }

  private static void leave(int exitCode) {
    Runtime.getRuntime().halt(exitCode);
  }

  /** Lets the feed count what the run did not get to, where that is soon done. */
  private void awaitCount(List<Source> sources, Thread reading) {
    if (summaryFormat() == null || !sources.stream().allMatch(Source::countable)) {
      return;
    }
    try {
      reading.join(COUNTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the run did not get to. */
  private Rest rest(Frontier frontier, Feed feed, Sinks sinks) {
    if (ending.reason() == null) {
      return new Rest.None();
    }
    boolean counted = feed.exhausted();
    long entries = frontier.notReached() + feed.unread() + sinks.unrecorded();
    if (counted && entries == 0) {
      return new Rest.None();
    }
    return counted ? new Rest.Known(entries) : new Rest.AtLeast(entries);
  }

  /** Says what the run came to, to whom it may concern, and returns its exit code. */
  private int conclude(
      Sinks sinks, Destination destination, Rest rest, Feed feed, ReportedExchange exchange) {
    Tally tally = sinks.tally();
    int exitCode = exitCode(tally, destination, exchange);
    if (!summarized.get()) {
      exchange.sayHowManyMore();
    }
    summarize(tally, rest, sinks, feed);
    metrics.end(exitCode, rest);
    return exitCode;
  }

  private void summarize(Tally tally, Rest rest, Sinks sinks, Feed feed) {
    if (!summarized.compareAndSet(false, true)) {
      return;
    }
    watch.close();
    switch (ending.reason()) {
      case Reason.OutputFailed failed -> console.say(failed.message());
      case Reason.Bug bug -> console.report(BugReport.of(bug.thrown()));
      case Reason.OutputClosed _, Reason.Signalled _, Reason.DeadlineReached _ -> {}
      case null -> {}
    }
    SummaryFormat format = summaryFormat();
    if (format != null) {
      Changes changes = sinks.changes(isWhole(feed), command.input.part());
      console.err().println(format.format(tally, rest, sinks.hosts(), changes, looks.ofMessages()));
    }
  }

  /** Whether the run has read all that there is of the list. */
  private boolean isWhole(Feed feed) {
    return ending.reason() == null
        && feed.exhausted()
        && !inputFailed.get()
        && command.input.limit() == Long.MAX_VALUE;
  }

  /** How to print the summary, null for not at all. */
  private @Nullable SummaryFormat summaryFormat() {
    return ending.reason() instanceof Reason.OutputClosed ? null : command.output.summary();
  }

  private int exitCode(Tally tally, Destination destination, ReportedExchange exchange) {
    Reason reason = ending.reason();
    if (reason != null) {
      return reason.exitCode();
    }
    if (exchange.hasBugs()) {
      return ExitCode.BUG;
    }
    if (inputFailed.get()) {
      return ExitCode.IO;
    }
    long failed = tally.failed() + destination.keptOfFailed();
    long urls = tally.urls() + destination.kept();
    return command.success.failIf().fails(failed, urls) ? ExitCode.SOME_FAILED : ExitCode.OK;
  }
}
