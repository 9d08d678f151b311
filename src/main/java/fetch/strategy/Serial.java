package fetch.strategy;

import fetch.Attempt;
import fetch.frontier.Frontier;
import fetch.frontier.Turn;
import fetch.http.Exchange;
import org.jspecify.annotations.Nullable;

/** Makes one request after another, on the calling thread. */
final class Serial implements Strategy {
  @Override
  public void drain(Frontier frontier, Exchange exchange) throws InterruptedException {
    Turn turn = frontier.take();
    while (turn != null) {
      Turn next = attempt(turn, frontier, exchange);
      turn = next == null ? frontier.take() : next;
    }
  }

  private static @Nullable Turn attempt(Turn turn, Frontier frontier, Exchange exchange) {
    Attempt attempt;
    try {
      attempt = exchange.execute(turn.request());
    } catch (RuntimeException | Error bug) {
      return ExchangeFailure.settle(turn, bug, frontier);
    }
    return frontier.settle(turn, attempt);
  }
}
