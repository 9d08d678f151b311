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
 * Looks names up on threads of its own, so that nobody who waits for an answer is bound to it.
 *
 * <ul>
 *   <li>Each name is looked up once at a time, however many ask.
 *   <li>Answers are kept as long as the service says, failures for a second.
 *   <li>No more look-ups are under way than there are threads; what nobody waits for any more when
 *       its turn comes is not looked up.
 * </ul>
 *
 * Safe for many threads.
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
   * Whether the look-up of a host, which has not ended, has waited for its turn for longer than it
   * has been under way since: if so, it is not the name's fault.
   */
  boolean isKeptWaiting(String host) {
    synchronized (lookups) {
      Lookup known = lookups.get(host);
      return known != null && known.isKeptWaiting(clock.nanoTime());
    }
  }

  /** Starts to count a wait for a look-up; to be handed to {@link #waited}. */
  long startWaiting() {
    return clock.nanoTime();
  }

  /** Counts a wait that has ended. */
  void waited(long start) {
    waitedNanos.add(clock.nanoTime() - start);
  }

  /** How long all callers together have waited, in nanoseconds. */
  public long waitedNanos() {
    return waitedNanos.sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    names.close();
  }

  /** One look-up, under way or done. Its counters are guarded by the map of all. */
  private final class Lookup implements Runnable {
    private final String host;
    private final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
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
      CompletableFuture<List<InetAddress>> own = answer.copy();
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

    /** Whether anybody still wants it, now that its turn has come. */
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
        answer.complete(found.addresses());
      } catch (UnknownHostException | RuntimeException e) {
        ended = clock.nanoTime();
        answer.completeExceptionally(e);
      }
    }

    boolean isKeptWaiting(long now) {
      return !hasBegun || begun - created > now - begun;
    }

    boolean isStale() {
      return answer.isDone() && clock.nanoTime() - ended > kept;
    }
  }
}
