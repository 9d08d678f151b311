package fetch.strategy;

import fetch.ExhaustedResource;
import fetch.frontier.Frontier;
import fetch.frontier.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Ends the entry of an exchange that threw with the error {@code internal}. The run continues,
 * unless Java is out of memory or file descriptors; the entry has its record even then.
 */
final class ExchangeFailure {
  private ExchangeFailure() {}

  /**
   * Settles a turn whose exchange threw; returns null, as no turn follows. Rethrows what must end
   * the run.
   */
  static @Nullable Turn settle(Turn turn, Throwable bug, Frontier frontier) {
    frontier.settle(turn, bug);
    if (bug instanceof Error error && ExhaustedResource.behind(error) != null) {
      throw error;
    }
    return null;
  }
}
