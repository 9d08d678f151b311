package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.http.Exchange;

/**
 * Drains the frontier: decides which threads take turns and make the exchanges.
 *
 * <ul>
 *   <li>Every turn the frontier gives is attempted once and settled.
 *   <li>At most as many exchanges are in flight as the strategy has workers, and that many while
 *       there is enough work.
 *   <li>When {@link #drain} returns or throws, no exchange is in flight and its threads have ended.
 * </ul>
 *
 * A strategy holds no policy, and serves one run. {@code drain} is called by one thread.
 */
public interface Strategy {
  /**
   * Returns when the frontier has no more turns. An exception in an exchange fails its entry; an
   * exception elsewhere ends the run.
   */
  void drain(Frontier frontier, Exchange exchange) throws InterruptedException;
}
