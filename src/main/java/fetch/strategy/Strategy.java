package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.http.Exchange;

/**
 * A way to drain the frontier: which threads take turns and make the exchanges.
 *
 * <ul>
 *   <li>Every turn the frontier gives is attempted once and settled.
 *   <li>At most as many exchanges as the strategy has workers are under way at any moment, and as
 *       many as that when there is enough to do.
 *   <li>When {@link #drain} returns or throws what a worker threw, no exchange is under way and the
 *       threads it started have ended.
 * </ul>
 *
 * A strategy holds no policy, and serves one run. {@code drain} is called by one thread.
 */
public interface Strategy {
  /**
   * Returns when the frontier has no more. A bug in an exchange costs its entry; what is thrown
   * elsewhere ends the run.
   */
  void drain(Frontier frontier, Exchange exchange) throws InterruptedException;
}
