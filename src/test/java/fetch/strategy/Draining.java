package fetch.strategy;

import fetch.frontier.Frontier;
import fetch.http.Exchange;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A strategy at work on a thread of its own. */
final class Draining {
  private static final long PATIENCE_SECONDS = 30;

  private final FutureTask<Boolean> task;

  private Draining(FutureTask<Boolean> task) {
    this.task = task;
  }

  static Draining start(Strategy strategy, Frontier frontier, Exchange exchange) {
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          strategy.drain(frontier, exchange);
          return true;
        });
    Thread.ofPlatform().daemon().name("drain").start(task);
    return new Draining(task);
  }

  boolean isOver() {
    return task.isDone();
  }

  /** Waits for its end and throws what it threw. */
  void join() throws Throwable {
    try {
      task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("the strategy does not end", e);
    }
  }
}
