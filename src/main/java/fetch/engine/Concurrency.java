package fetch.engine;

import fetch.strategy.StrategyKind;

/**
 * How the requests of a run are spread over threads.
 *
 * @param strategy which kind of thread makes the requests
 * @param workers the most requests in flight, 1 or more
 * @param adaptive whether their number follows the throughput, up to this limit
 */
public record Concurrency(StrategyKind strategy, int workers, boolean adaptive) {
  /** The highest adaptive number: about 60 MB of connections. */
  public static final int MOST_ADAPTED = 1024;

  public Concurrency {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be 1 or more, not " + workers);
    }
    if (adaptive && strategy == StrategyKind.SERIAL) {
      throw new IllegalArgumentException("serial makes one request at a time");
    }
  }

  /** A fixed number of workers. */
  public Concurrency(StrategyKind strategy, int workers) {
    this(strategy, workers, false);
  }

  /** As many workers as increase the throughput. */
  public static Concurrency adaptive(StrategyKind strategy) {
    return new Concurrency(strategy, MOST_ADAPTED, true);
  }
}
