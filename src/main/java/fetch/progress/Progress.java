package fetch.progress;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells how far a run has come, again and again, on a thread of its own, until it is closed. */
public final class Progress implements AutoCloseable {
  private final Duration first;
  private final Duration then;
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * @param first how long to say nothing, so that short runs pass without a word
   * @param then the time from one word to the next
   */
  public Progress(Duration first, Duration then) {
    this.first = first;
    this.then = then;
  }

  /** Begins. */
  public void start(Runnable word) {
    Thread.ofPlatform().daemon().name("progress").start(() -> run(word));
  }

  private void run(Runnable word) {
    try {
      Duration pause = first;
      while (!over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        word.run();
        pause = then;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
