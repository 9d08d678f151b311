package fetch.strategy;

import java.util.Locale;
import java.util.function.IntFunction;

/** The strategies by name. */
public enum StrategyKind {
  /** One request after another, on the calling thread. */
  SERIAL(workers -> new Serial()),
  /** A fixed number of platform threads. */
  POOL(workers -> new ThreadPerWorker(workers, Thread.ofPlatform().name("worker-", 1).factory())),
  /** A fixed number of virtual threads. */
  VIRTUAL(workers -> new ThreadPerWorker(workers, Thread.ofVirtual().name("worker-", 1).factory())),
  /** One driving thread and OkHttp's own calls with callbacks. */
  ASYNC(Async::new);

  private final IntFunction<Strategy> factory;

  StrategyKind(IntFunction<Strategy> factory) {
    this.factory = factory;
  }

  /** A new strategy for one run, with at most this number of requests in flight. */
  public Strategy create(int workers) {
    return factory.apply(workers);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
