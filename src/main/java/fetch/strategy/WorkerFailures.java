package fetch.strategy;

import fetch.FailureKind;
import fetch.frontier.Frontier;
import fetch.http.Exchange;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Catches what a worker throws outside an exchange, stops the other workers, and rethrows it on the
 * thread that called the strategy.
 */
final class WorkerFailures {
  /** Code that a worker runs. */
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

  /** Runs a task; an exception stops the run. Returns whether the task completed. */
  boolean guard(WorkerTask task) {
    try {
      task.run();
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
      case Throwable bug ->
          throw new IllegalStateException("a worker threw an undeclared checked exception", bug);
    }
  }
}
