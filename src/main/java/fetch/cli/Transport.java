package fetch.cli;

import fetch.Clock;
import fetch.Preconditions;
import fetch.body.BodySink;
import fetch.http.Descriptors;
import fetch.http.Exchange;
import fetch.http.NameService;
import fetch.http.NetworkSettings;
import fetch.http.OkHttpExchange;
import fetch.http.RequestSettings;
import fetch.warc.Archive;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What a run makes its exchanges with, by the options and by what this process may open. */
final class Transport {
  private final FetchCommand command;
  private final Console console;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Descriptors descriptors;

  Transport(FetchCommand command, Console console, Map<String, String> environment, Clock clock) {
    this.command = command;
    this.console = console;
    this.environment = environment;
    this.clock = clock;
    Descriptors all = Descriptors.ofThisProcess();
    Descriptors left = command.bodies.saves() ? all.sharedWithFiles() : all;
    this.descriptors = command.warc.archives() ? left.sharedWithFiles() : left;
    if (descriptors.workers() < command.strategy.workers() && !command.output.quiet()) {
      sayThatFewAreFree();
    }
  }

  private void sayThatFewAreFree() {
    console.say(
        "the limit of "
            + descriptors.limit()
            + " open files leaves room for "
            + descriptors.workers()
            + " workers, not "
            + command.strategy.workers()
            + "; ulimit -n raises it");
  }

  /** As many workers as asked for, or as there are file descriptors for. */
  int workers() {
    return Math.min(command.strategy.workers(), descriptors.workers());
  }

  /**
   * Opens the exchange; the caller closes it.
   *
   * @param bodies where bodies go, null for nowhere
   * @param preconditions what entries are asked for on, null for on none
   * @param archive where what goes over the wire is kept, null for nowhere
   * @param notes takes down what attempts cost, null for nobody
   */
  Exchange open(
      RequestSettings requests,
      @Nullable BodySink bodies,
      @Nullable Preconditions preconditions,
      @Nullable Archive archive,
      @Nullable Notes notes)
      throws IOException {
    Logging.silence();
    int verbosity = command.output.verbosity();
    Logger log = verbosity == 0 ? null : Logging.start(verbosity, console.err());
    NetworkSettings network = command.network.settings(environment);
    Exchange exchange =
        new OkHttpExchange(
            requests,
            command.limits.limits(),
            log == null ? network : network.loggingTo(log::info),
            workers(),
            descriptors,
            NameService.system(),
            clock,
            bodies,
            preconditions,
            archive);
    if (log == null && command.politeness.obeysRobots()) {
      Logging.mute();
    }
    if (notes != null) {
      return notes.of(exchange);
    }
    return log == null ? exchange : new LoggedExchange(exchange, log);
  }
}
