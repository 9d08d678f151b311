package fetch.http.dns;

import fetch.Clock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * Looks names up on its own threads, so that waiting callers can give up.
 *
 * <ul>
 *   <li>Each name is looked up once at a time, however many callers wait.
 *   <li>Results are cached as long as the service states, failures for a second.
 *   <li>There are as many concurrent look-ups as threads. A queued look-up is dropped if no caller
 *       waits any more.
 * </ul>
 *
 * <p>Safe for many threads.
 */
public final class Resolver implements AutoCloseable {
  private static final int MOST_NAMES = 10_000;
  private static final long FAILURE_KEPT = Duration.ofSeconds(1).toNanos();

  private final NameService names;
  private final Clock clock;
  private final ExecutorService threads;
  private final LongAdder waitedNanos = new LongAdder();
  private final Map<String, Lookup> lookups =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lookup> eldest) {
          return size() > MOST_NAMES;
        }
      };

  public Resolver(NameService names, int mostThreads, Clock clock) {
    this.names = names;
    this.threads =
        Executors.newFixedThreadPool(
            mostThreads, Thread.ofPlatform().daemon().name("resolver-", 1).factory());
    this.clock = clock;
  }

  /**
   * The addresses of a host, or an {@link UnknownHostException}. The future is the caller's own: to
   * give up waiting, cancel it.
   */
  CompletableFuture<List<InetAddress>> resolve(String host) {
    synchronized (lookups) {
      Lookup known = lookups.get(host);
      if (known == null || known.isStale()) {
        known = new Lookup(host);
        lookups.put(host, known);
        threads.execute(known);
      }
      return known.join();
    }
  }

  /**
   * Whether an unfinished look-up has spent more time queued than running: if so, its slowness is
   * not the name's fault.
   */
  boolean isKeptWaiting(String host) {
    synchronized (lookups) {
      Lookup known = lookups.get(host);
      return known != null && known.isKeptWaiting(clock.nanoTime());
    }
  }

  /** Starts the measurement of a wait; pass the result to {@link #waited}. */
  long startWaiting() {
    return clock.nanoTime();
  }

  /** Ends the measurement of a wait. */
  void waited(long start) {
    waitedNanos.add(clock.nanoTime() - start);
  }

  /** The total time that callers have waited, in nanoseconds. */
  public long waitedNanos() {
    return waitedNanos.sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    names.close();
  }

  /** One look-up, in progress or done. The map's lock guards its counters. */
  private final class Lookup implements Runnable {
    private final String host;
    private final CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
    private final long created = clock.nanoTime();
    private int waiting;
    private boolean hasBegun;
    private long begun;
    private volatile long ended;
    private volatile long kept = FAILURE_KEPT;

    Lookup(String host) {
      this.host = host;
    }

    CompletableFuture<List<InetAddress>> join() {
      CompletableFuture<List<InetAddress>> own = result.copy();
      if (!own.isDone()) {
        waiting++;
        CompletableFuture<?> _ = own.whenComplete((_, _) -> leave());
      }
      return own;
    }

    private void leave() {
      synchronized (lookups) {
        waiting--;
      }
    }

    /** Marks the look-up as begun; false if no caller waits any more. */
    private boolean begin() {
      synchronized (lookups) {
        hasBegun = waiting > 0;
        begun = clock.nanoTime();
        if (!hasBegun) {
          lookups.remove(host, this);
        }
        return hasBegun;
      }
    }

    @Override
    public void run() {
      if (!begin()) {
        return;
      }
      try {
        NameService.Found found = names.find(host);
        kept = found.kept().toNanos();
        ended = clock.nanoTime();
        result.complete(found.addresses());
      } catch (UnknownHostException | RuntimeException e) {
        ended = clock.nanoTime();
        result.completeExceptionally(e);
      }
    }

    boolean isKeptWaiting(long now) {
      return !hasBegun || begun - created > now - begun;
    }

    boolean isStale() {
      return result.isDone() && clock.nanoTime() - ended > kept;
    }
  }
}
