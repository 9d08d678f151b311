package fetch.engine;

import fetch.strategy.StrategyKind;

/**
 * How the requests of a run are spread over threads.
 *
 * @param strategy which kind of thread makes the requests
 * @param workers the most requests in flight, 1 or more
 */
public record Concurrency(StrategyKind strategy, int workers) {
  public Concurrency {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be 1 or more, not " + workers);
    }
  }
}
