package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.frontier.Turn;
import fetch.http.Exchange;
import java.util.concurrent.Semaphore;

/**
 * One driving thread that starts an exchange whenever there is a permit, and never waits for it.
 */
final class Async implements Strategy {
  private final int workers;

  Async(int workers) {
    this.workers = workers;
  }

  @Override
  public void drain(Frontier frontier, Exchange exchange) throws InterruptedException {
    Semaphore permits = new Semaphore(workers);
    Bugs bugs = new Bugs(frontier, exchange);
    permits.acquire();
    for (Turn turn = frontier.take(); turn != null; turn = frontier.take()) {
      start(turn, frontier, exchange, permits, bugs);
      permits.acquire();
    }
    permits.acquire(workers - 1);
    bugs.rethrow();
  }

  private static void start(
      Turn turn, Frontier frontier, Exchange exchange, Semaphore permits, Bugs bugs) {
    boolean started =
        bugs.guard(() ->
            exchange.enqueue(
                turn.request(),
                attempt -> {
                  bugs.guard(() -> frontier.settle(turn, attempt));
                  permits.release();
                }));
    if (!started) {
      permits.release();
    }
  }
}
