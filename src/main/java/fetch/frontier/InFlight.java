package fetch.frontier;

import fetch.Attempt;
import fetch.WorkersUsed;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests in flight to all hosts, and limits them if their number is adaptive.
 *
 * <p>The limit follows the throughput of the run, but is never below that of the host with the
 * highest one: a host that has found its own number need not wait for the run. A host's refusals
 * affect only the limit of the host. For one thread.
 */
final class InFlight {
  private final @Nullable AdaptiveWorkers workers;
  private int count;

  /** The host with the highest limit of those that were requested lately. */
  private @Nullable HostGate leader;

  /**
   * @param mostAdapted how far the limit may rise; 0 for no limit
   */
  InFlight(int mostAdapted) {
    this.workers = mostAdapted == 0 ? null : new AdaptiveWorkers(mostAdapted);
  }

  /** Records the start of a request to a host. */
  void begin(HostGate host, long now) {
    count++;
    if (workers == null) {
      return;
    }
    workers.began(count, now);
    if (leader == null || host.worthwhile() > leader.worthwhile()) {
      leader = host;
    }
  }

  void end() {
    count--;
  }

  /** Records what came of a request. */
  void learn(Attempt attempt, long now) {
    if (workers != null) {
      LoadSign sign = LoadSign.ofAll(attempt);
      workers.ended(sign, attempt.timings().total(), count, now);
    }
  }

  boolean isNone() {
    return count == 0;
  }

  boolean isFull() {
    return workers != null && count >= limit();
  }

  /** The most requests for now. */
  int limit() {
    if (workers == null) {
      return Integer.MAX_VALUE;
    }
    return leader == null ? workers.limit() : Math.max(workers.limit(), leader.worthwhile());
  }

  /** The limits that were used; null without a limit. */
  @Nullable WorkersUsed used() {
    return workers == null ? null : workers.used();
  }
}
