package fetch.cli.progress;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs an action at intervals on its own thread until it is closed. */
public final class Ticker implements AutoCloseable {
  private final String name;
  private final Duration first;
  private final Duration then;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * @param name of the thread
   * @param first the delay before the first run
   * @param then the time between the end of one run and the start of the next
   */
  public Ticker(String name, Duration first, Duration then) {
    this.name = name;
    this.first = first;
    this.then = then;
  }

  /**
   * Starts the thread.
   *
   * @param last runs when the ticker is closed
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

  /** Stops; an action in progress continues. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** Waits for the last action; false if it takes too long. */
  public boolean await(Duration time) throws InterruptedException {
    return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
