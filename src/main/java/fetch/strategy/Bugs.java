package fetch.strategy;

import fetch.frontier.Frontier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Catches what a worker throws, stops the run, and throws it again where the run is waited for. */
final class Bugs {
  /** Something a worker does. */
  interface Duty {
    void run() throws InterruptedException;
  }

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
  private final Frontier frontier;

  Bugs(Frontier frontier) {
    this.frontier = frontier;
  }

  void guard(Duty duty) {
    try {
      duty.run();
    } catch (InterruptedException | RuntimeException | Error bug) {
      first.compareAndSet(null, bug);
      frontier.stop();
    }
  }

  void rethrow() {
    Throwable bug = first.get();
    if (bug != null) {
      throw new IllegalStateException("a worker failed: " + bug, bug);
    }
  }
}
