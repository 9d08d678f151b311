package fetch.cli.progress;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again, on a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {
  private final String name;
  private final Duration first;
  private final Duration then;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * @param name of the thread
   * @param first how long to wait at first
   * @param then the time from one end to the next beginning
   */
  public Ticker(String name, Duration first, Duration then) {
    this.name = name;
    this.first = first;
    this.then = then;
  }

  /**
   * Begins.
   *
   * @param last what is to be done when it is closed
   */
  public void start(Runnable tick, Runnable last) {
    Thread.ofPlatform().daemon().name(name).start(() -> run(tick, last));
  }

  private void run(Runnable tick, Runnable last) {
    try {
      Duration pause = first;
      while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        tick.run();
        pause = then;
      }
      last.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.countDown();
    }
  }

  /** Does nothing more; what is under way goes on. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** Waits for the last to be done; false when it takes too long. */
  public boolean await(Duration time) throws InterruptedException {
    return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
