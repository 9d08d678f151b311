package fetch.strategy;

import fetch.Attempt;
import fetch.frontier.Frontier;
import fetch.frontier.Turn;
import fetch.http.Exchange;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts exchanges from one driving thread, with a permit for each request in flight. */
final class Async implements Strategy {
  private final int workers;

  Async(int workers) {
    this.workers = workers;
  }

  @Override
  public void drain(Frontier frontier, Exchange exchange) throws InterruptedException {
    Semaphore permits = new Semaphore(workers);
    WorkerFailures failures = new WorkerFailures(frontier, exchange);
    permits.acquire();
    for (Turn turn = frontier.take(); turn != null; turn = frontier.take()) {
      new Chain(frontier, exchange, permits, failures).start(turn);
      permits.acquire();
    }
    permits.acquire(workers - 1);
    failures.rethrow();
  }

  /** The exchanges that share a permit: a turn's, and those of redirects that follow at once. */
  private record Chain(
      Frontier frontier, Exchange exchange, Semaphore permits, WorkerFailures failures) {
    void start(Turn turn) {
      exchange.enqueue(
          turn.request(),
          new Exchange.Completion() {
            @Override
            public void attempted(Attempt attempt) {
              goOn(() -> frontier.settle(turn, attempt));
            }

            @Override
            public void threw(Throwable bug) {
              goOn(() -> ExchangeFailure.settle(turn, bug, frontier));
            }
          });
    }

    private void goOn(Supplier<@Nullable Turn> settlement) {
      boolean done =
          failures.guard(() -> {
            Turn next = settlement.get();
            if (next == null) {
              permits.release();
            } else {
              start(next);
            }
          });
      if (!done) {
        permits.release(); // released last, after the failure has stopped the other workers
      }
    }
  }
}
