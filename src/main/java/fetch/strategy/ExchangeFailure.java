package fetch.strategy;

import fetch.Lack;
import fetch.frontier.Frontier;
import fetch.frontier.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a bug in one exchange costs no more than its entry: whatever is thrown there ends
 * that entry with {@code internal}. Only memory that runs out, or file descriptors that Java itself
 * lacks, go on to end the run; then too the entry has its record.
 */
final class ExchangeFailure {
  private ExchangeFailure() {}

  /** Settles a turn whose exchange threw this; no turn follows. Throws what must end the run. */
  static @Nullable Turn settle(Turn turn, Throwable bug, Frontier frontier) {
    frontier.settle(turn, bug);
    if (bug instanceof Error error && Lack.behind(error) != null) {
      throw error;
    }
    return null;
  }
}
