package fetch.spark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds a run when its time is over, or when Spark wants to end its task. Spark only sets a flag,
 * which must be polled. For one task.
 */
final class TaskWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;

  private final BooleanSupplier ended;
  private final long looks;
  private final Runnable hold;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread watching;

  /**
   * @param ended whether the task is of no use any more
   * @param time after which the run is held
   */
  TaskWatch(BooleanSupplier ended, Duration time, Runnable hold) {
    this.ended = ended;
    this.looks = Math.max(1, time.toMillis() / LOOK_MILLIS);
    this.hold = hold;
    this.watching = Thread.ofPlatform().daemon().name("fetch-watch").start(this::watch);
  }

  private void watch() {
    try {
      for (long look = 0; look < looks && !ended.getAsBoolean(); look++) {
        if (over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      hold.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    watching.interrupt();
  }
}
