package fetch.http.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The file descriptors that exchanges share. Whoever waits for one is served in turn, whichever
 * exchange it is of, and all exchanges close idle connections for it. Safe for many threads.
 */
public final class DescriptorPool {
  /** What exchanges share that do not count their descriptors. */
  public static final DescriptorPool UNCOUNTED = new DescriptorPool(Descriptors.UNCOUNTED);

  private final Descriptors descriptors;
  private final Semaphore sockets;
  private final Set<Runnable> idle = ConcurrentHashMap.newKeySet();

  public DescriptorPool(Descriptors descriptors) {
    this.descriptors = descriptors;
    this.sockets = new Semaphore(descriptors.sockets(), true);
  }

  /** How many there are. */
  public Descriptors descriptors() {
    return descriptors;
  }

  /** Adds what closes the idle connections of an exchange, which removes it when it is closed. */
  void add(Runnable closeIdle) {
    idle.add(closeIdle);
  }

  void remove(Runnable closeIdle) {
    idle.remove(closeIdle);
  }

  void closeIdle() {
    idle.forEach(Runnable::run);
  }

  /** Takes one after those who wait for one, at most this many milliseconds later. */
  boolean take(long millis) throws InterruptedException {
    return sockets.tryAcquire(millis, TimeUnit.MILLISECONDS);
  }

  void giveBack() {
    sockets.release();
  }
}
