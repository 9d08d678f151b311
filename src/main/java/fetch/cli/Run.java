package fetch.cli;

import fetch.Clock;
import fetch.FailureKind;
import fetch.Tally;
import fetch.frontier.Frontier;
import fetch.frontier.Verdict;
import fetch.http.Exchange;
import fetch.http.HttpUrlParser;
import fetch.http.NameService;
import fetch.http.OkHttpExchange;
import fetch.input.EntryParser;
import fetch.input.EntryReader;
import fetch.input.Feed;
import fetch.input.Source;
import fetch.output.SummaryFormat;
import fetch.output.SummaryFormat.Rest;
import fetch.strategy.Strategy;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run, from the sources to the summary: the feed brings entries to the frontier, the strategy
 * drains it through the exchange, and results go down the sinks.
 */
final class Run {
  private static final int WINDOW = 4096;
  private static final long COUNTING_MILLIS = 500;
  private static final long GRACE_MILLIS = 1700;

  private final FetchCommand command;
  private final Console console;
  private final Map<String, String> environment;
  private final Clock clock = Clock.system();
  private final Ending ending = new Ending();
  private final AtomicBoolean inputFailed = new AtomicBoolean();

  Run(FetchCommand command, Console console, Map<String, String> environment) {
    this.command = command;
    this.console = console;
    this.environment = environment;
  }

  /** Fetches what the sources list and returns the exit code. */
  int execute(List<Source> sources) throws IOException {
    Strategy strategy = command.strategy.strategy().create(command.strategy.workers());
    try (Exchange exchange = exchange();
        OutputStream out = openOutput()) {
      Sinks sinks = new Sinks(command.output, out, command.output.output() == null, clock, ending);
      Frontier frontier = new Frontier(clock, verdict(), sinks, WINDOW, sinks.horizon());
      Feed feed = new Feed(reader(sources), frontier::offer, frontier::endOfInput);
      ending.stopBy(() -> stop(frontier, exchange));
      Signals.handle(this::interrupt, Run::leave);
      Thread reading = Thread.ofPlatform().daemon().name("feed").start(feed);
      try (sinks) {
        strategy.drain(frontier, exchange);
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts the main thread", e);
      }
      summarize(sinks.tally(), rest(frontier, feed, reading));
      return exitCode(sinks.tally());
    }
  }

  private Exchange exchange() throws IOException {
    Exchange exchange =
        new OkHttpExchange(
            command.request.settings(Version.userAgent()),
            command.limits.limits(),
            command.network.settings(environment),
            command.strategy.workers(),
            NameService.system(),
            clock);
    int verbosity = command.output.verbosity();
    return verbosity == 0
        ? exchange
        : new LoggedExchange(exchange, Logging.start(verbosity, console.err()));
  }

  private OutputStream openOutput() throws IOException {
    if (command.output.output() != null) {
      return Files.newOutputStream(command.output.output());
    }
    return new FilterOutputStream(console.out()) {
      @Override
      public void write(byte[] b, int off, int len) throws IOException {
        out.write(b, off, len);
      }

      @Override
      public void close() throws IOException {
        out.flush();
      }
    };
  }

  private Verdict verdict() {
    return new Verdict(command.request.method(), command.success.accepted());
  }

  private EntryReader reader(List<Source> sources) {
    return new EntryReader(
        sources, new EntryParser(new HttpUrlParser()), command.input.limit(), this::inputFailed);
  }

  private void inputFailed(String complaint) {
    inputFailed.set(true);
    console.say(complaint);
  }

  private static void stop(Frontier frontier, Exchange exchange) {
    frontier.stop();
    exchange.cancelAll(FailureKind.INTERRUPTED);
  }

  /** Ends the run because of a signal, and sees to it that it does not take long. */
  private boolean interrupt(int signal) {
    boolean first = ending.because(new Ending.Reason.Signalled(signal));
    if (first) {
      Thread.ofPlatform().daemon().name("last-resort").start(() -> leaveSoon(signal));
    }
    return first;
  }

  private static void leaveSoon(int signal) {
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leave(signal);
  }

  private static void leave(int signal) {
    Runtime.getRuntime().halt(ExitCode.ofSignal(signal));
  }

  /** What the run did not get to; what is left of a file is counted, if that is soon done. */
  private Rest rest(Frontier frontier, Feed feed, Thread reading) {
    if (ending.reason() == null) {
      return new Rest.None();
    }
    try {
      reading.join(COUNTING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long entries = frontier.notReached() + feed.unread();
    return feed.exhausted() ? new Rest.Known(entries) : new Rest.AtLeast(entries);
  }

  private void summarize(Tally tally, Rest rest) {
    SummaryFormat format = command.output.summary();
    switch (ending.reason()) {
      case Ending.Reason.OutputFailed failed -> console.say(failed.message());
      case Ending.Reason.OutputClosed _ -> format = null;
      case Ending.Reason.Signalled _ -> {}
      case null -> {}
    }
    if (format != null) {
      console.err().println(format.format(tally, rest));
    }
  }

  private int exitCode(Tally tally) {
    return switch (ending.reason()) {
      case Ending.Reason.Signalled signal -> ExitCode.ofSignal(signal.number());
      case Ending.Reason.OutputClosed _ -> ExitCode.CLOSED_OUTPUT;
      case Ending.Reason.OutputFailed _ -> ExitCode.IO;
      case null -> inputFailed.get() ? ExitCode.IO : verdictOf(tally);
    };
  }

  private static int verdictOf(Tally tally) {
    return tally.failed() == 0 ? ExitCode.OK : ExitCode.SOME_FAILED;
  }
}
