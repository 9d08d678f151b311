package fetch.spark;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits, with pauses, for what another process brings about, and not forever. */
final class Patience {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

  private final String what;
  private final long end;

  Patience(String what, Duration most) {
    this.what = what;
    this.end = System.nanoTime() + most.toNanos();
  }

  /** Fails when too much time has passed. */
  void pause() {
    if (System.nanoTime() - end > 0) {
      fail("it never came to this: " + what);
    }
    LockSupport.parkNanos(PAUSE);
  }
}
