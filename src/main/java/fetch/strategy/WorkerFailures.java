package fetch.strategy;

import fetch.FailureKind;
import fetch.frontier.Frontier;
import fetch.http.Exchange;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Catches what a worker throws outside an exchange, ends what the others do, and throws it again
 * where the run is waited for.
 */
final class WorkerFailures {
  /** Something a worker does. */
  interface WorkerTask {
    void run() throws InterruptedException;
  }

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
  private final Frontier frontier;
  private final Exchange exchange;

  WorkerFailures(Frontier frontier, Exchange exchange) {
    this.frontier = frontier;
    this.exchange = exchange;
  }

  /** Does a duty; what it throws ends the run. Returns whether it was done. */
  boolean guard(WorkerTask duty) {
    try {
      duty.run();
      return true;
    } catch (InterruptedException | RuntimeException | Error bug) {
      if (first.compareAndSet(null, bug)) {
        frontier.stop(FailureKind.INTERRUPTED);
        exchange.cancelAll(FailureKind.INTERRUPTED);
      }
      return false;
    }
  }

  void rethrow() throws InterruptedException {
    switch (first.get()) {
      case null -> {}
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      case InterruptedException bug -> throw bug;
      case Throwable bug -> throw new IllegalStateException("a duty threw what it may not", bug);
    }
  }
}
