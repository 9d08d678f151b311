package fetch.http.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The file descriptors that exchanges share. Waiting exchanges are served in turn, and all close
 * idle connections for them. Safe for many threads.
 */
public final class DescriptorPool {
  /** The pool of exchanges that do not count their descriptors. */
  public static final DescriptorPool UNCOUNTED = new DescriptorPool(Descriptors.UNCOUNTED);

  private final Descriptors descriptors;
  private final Semaphore sockets;
  private final Set<Runnable> idle = ConcurrentHashMap.newKeySet();

  public DescriptorPool(Descriptors descriptors) {
    this.descriptors = descriptors;
    this.sockets = new Semaphore(descriptors.sockets(), true);
  }

  /** The limits. */
  public Descriptors descriptors() {
    return descriptors;
  }

  /**
   * Adds an action that closes the idle connections of an exchange; the exchange removes it when it
   * is closed.
   */
  void add(Runnable closeIdle) {
    idle.add(closeIdle);
  }

  void remove(Runnable closeIdle) {
    idle.remove(closeIdle);
  }

  void closeIdle() {
    idle.forEach(Runnable::run);
  }

  /** Takes a descriptor, after earlier waiters; waits for at most this many milliseconds. */
  boolean take(long millis) throws InterruptedException {
    return sockets.tryAcquire(millis, TimeUnit.MILLISECONDS);
  }

  void giveBack() {
    sockets.release();
  }
}
