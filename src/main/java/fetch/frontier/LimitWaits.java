package fetch.frontier;

import fetch.Limit;
import java.util.EnumMap;
import java.util.Map;

/** Adds up how long limits held entries back. For one thread. */
final class LimitWaits {
  private final Map<Limit, Sum> sums = new EnumMap<>(Limit.class);
  private final boolean ofHosts;

  /** Whether a worker waits for the rate of the run, since when. */
  private boolean paced;

  private long pacedSince;

  private static final class Sum {
    private long nanos;
  }

  /**
   * @param ofHosts whether every host may be limited; if not, only hosts that requested a pause
   */
  LimitWaits(boolean ofHosts) {
    this.ofHosts = ofHosts;
  }

  boolean ofHosts() {
    return ofHosts;
  }

  void add(Limit limit, long nanos) {
    sums.computeIfAbsent(limit, _ -> new Sum()).nanos += nanos;
  }

  /** Whether a worker that could send a request waits for the rate of the run. */
  boolean forRate(long delay, long now) {
    if (delay > 0 && !paced) {
      pacedSince = now;
      paced = true;
    }
    return delay > 0;
  }

  /** A request starts, so the rate has allowed it. */
  void endOfRate(long now) {
    if (paced) {
      add(Limit.RATE, now - pacedSince);
      paced = false;
    }
  }

  /** The time of each limit in nanoseconds, without limits that held nothing back. */
  Map<Limit, Long> nanos(long now) {
    endOfRate(now);
    Map<Limit, Long> nanos = new EnumMap<>(Limit.class);
    sums.forEach((limit, sum) -> nanos.put(limit, sum.nanos));
    return nanos;
  }
}
