package fetch.http;

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

/**
 * Looks names up on threads of its own, so that nobody who waits for an answer is bound to it.
 *
 * <ul>
 *   <li>Each name is looked up once at a time, however many ask.
 *   <li>Answers are kept for a minute, failures for a second.
 *   <li>No more look-ups are under way than there are threads.
 * </ul>
 *
 * Safe for many threads.
 */
final class Resolver implements AutoCloseable {
  private static final int MOST_NAMES = 10_000;
  private static final long ANSWER_KEPT = Duration.ofMinutes(1).toNanos();
  private static final long FAILURE_KEPT = Duration.ofSeconds(1).toNanos();

  private record Lookup(CompletableFuture<List<InetAddress>> answer, long since) {}

  private final NameService names;
  private final Clock clock;
  private final ExecutorService threads;
  private final Map<String, Lookup> lookups =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lookup> eldest) {
          return size() > MOST_NAMES;
        }
      };

  Resolver(NameService names, int mostThreads, Clock clock) {
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
    long now = clock.nanoTime();
    synchronized (lookups) {
      Lookup known = lookups.get(host);
      if (known == null || isStale(known, now)) {
        known = new Lookup(CompletableFuture.supplyAsync(() -> lookup(host), threads), now);
        lookups.put(host, known);
      }
      return known.answer().copy();
    }
  }

  private static boolean isStale(Lookup lookup, long now) {
    if (!lookup.answer().isDone()) {
      return false;
    }
    boolean failed = lookup.answer().isCompletedExceptionally();
    return now - lookup.since() > (failed ? FAILURE_KEPT : ANSWER_KEPT);
  }

  private List<InetAddress> lookup(String host) {
    try {
      return names.lookup(host);
    } catch (UnknownHostException e) {
      throw new java.util.concurrent.CompletionException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
