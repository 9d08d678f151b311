package fetch;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about. */
public final class Eventually {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

  private Eventually() {}

  /** Returns as soon as the condition holds; fails when that takes too long. */
  public static void holds(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE) {
        fail("it never came to this: " + what);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Returns as soon as the thread waits for a lock, a condition or another thread. */
  public static void waits(Thread thread) {
    holds(thread.getName() + " waits", () -> thread.getState() == Thread.State.WAITING);
  }
}
