package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.frontier.Turn;
import fetch.http.Exchange;

/** One request after another, on the calling thread. */
final class Serial implements Strategy {
  @Override
  public void drain(Frontier frontier, Exchange exchange) throws InterruptedException {
    for (Turn turn = frontier.take(); turn != null; turn = frontier.take()) {
      frontier.settle(turn, exchange.execute(turn.request()));
    }
  }
}
