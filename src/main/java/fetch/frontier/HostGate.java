package fetch.frontier;

import fetch.Attempt;
import fetch.Limit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Queues the entries of one host, and decides when the next may start: requests in flight, rate,
 * hold-back and circuit breakers. For one thread.
 */
final class HostGate {
  /** How long a host that failed stays behind the others. */
  private static final long LAG_NANOS = Duration.ofSeconds(10).toNanos();

  private final String host;
  private final int most;
  private final boolean isAdaptive;
  private final @Nullable Integer retries;
  private final RateLimiter pace;
  private final Deque<QueuedEntry> waiting = new ArrayDeque<>(2);

  /** Entries in back-off. */
  private Set<QueuedEntry> away = Set.of();

  /** The circuit breakers by port; made at the first failure. */
  private Map<Integer, CircuitBreaker> breakers = Map.of();

  private int inFlight;
  private long heldUntil;
  private boolean held;
  private boolean hasAllowed;
  private @Nullable AdaptiveRate recovery;

  /** Made at the first refusal, or when there are enough requests in flight for it to matter. */
  private @Nullable AdaptiveWorkers workers;

  /** In the queue of hosts that may be requested now. */
  private boolean queued;

  /** In that queue, behind the hosts that did not fail the last time. */
  private boolean behind;

  /** An alarm is set for the moment from which on a request may start. */
  private boolean resting;

  /** An alarm is set for the moment from which on it is no longer behind. */
  private boolean alarmed;

  private boolean failing;
  private long failed;

  /** What holds its entries back, since when; null for nothing, or if that is not counted. */
  private @Nullable Limit blocker;

  private long blockedSince;
  private long blockedNanos;

  /**
   * @param limits of this host, where they are not null
   * @param isAdaptive whether the number of requests in flight follows the throughput
   */
  HostGate(String host, HostLimits limits, boolean isAdaptive, long now) {
    this.host = host;
    this.isAdaptive = isAdaptive;
    this.most = limits.perHost() == null ? Integer.MAX_VALUE : limits.perHost();
    this.retries = limits.retries();
    this.pace = new RateLimiter(limits.rate(), now);
  }

  /**
   * The most retries of an entry.
   *
   * @param usual of other hosts
   */
  int retries(int usual) {
    return retries == null ? usual : retries;
  }

  String host() {
    return host;
  }

  int inFlight() {
    return inFlight;
  }

  /** The number of queued entries, without those in back-off. */
  int waiting() {
    return waiting.size();
  }

  /** The order of its first entry among the entries of all hosts. */
  long order() {
    return waiting.getFirst().order();
  }

  void add(QueuedEntry entry) {
    waiting.addLast(entry);
  }

  /** Keeps an entry out of the queue until its back-off is over. */
  void backOff(QueuedEntry entry) {
    if (away.isEmpty()) {
      away = Collections.newSetFromMap(new IdentityHashMap<>(2));
    }
    away.add(entry);
  }

  /** Ends the back-off of an entry; false if the entry was removed meanwhile. */
  boolean takeBack(QueuedEntry entry) {
    return away.remove(entry);
  }

  boolean isQueued() {
    return queued;
  }

  boolean isResting() {
    return resting;
  }

  boolean isBehind() {
    return behind;
  }

  /** Marks the gate as queued, behind the others if it failed the last time. */
  void enterQueue(boolean goesBehind) {
    queued = true;
    behind = goesBehind;
  }

  void leaveQueue() {
    queued = false;
  }

  /** Marks the gate as waiting for its alarm. */
  void rest() {
    resting = true;
  }

  /** Whether an alarm for the end of being behind must be set; it counts as set from now on. */
  boolean needsAlarm() {
    boolean needed = behind && !alarmed;
    alarmed |= needed;
    return needed;
  }

  /** Clears the marks that an alarm ends. */
  void alarmRang() {
    resting = false;
    alarmed = false;
  }

  /** Queues an entry before all others. Retries and redirects have waited before. */
  void addFirst(QueuedEntry entry) {
    waiting.addFirst(entry);
  }

  /** How long until a request may start, in nanoseconds; 0 for now. */
  long delay(long now) {
    held &= heldUntil - now > 0;
    if (held) {
      return Math.max(heldUntil - now, pace.delay(now));
    }
    if (recovery == null) {
      return pace.delay(now);
    }
    recovery.release();
    return Math.max(recovery.delay(now), pace.delay(now));
  }

  /** Whether a response requested a pause that is not forgotten yet. */
  boolean wasHeldBack() {
    return held || recovery != null || blocker != null;
  }

  /** Adds up how long a limit has held back entries, and finds the one that does from now on. */
  void count(LimitWaits waits, long now) {
    if (blocker != null) {
      waits.add(blocker, Math.max(0, Math.min(now - blockedSince, blockedNanos)));
    }
    blockedNanos = Long.MAX_VALUE;
    blocker = blocker(now);
    blockedSince = now;
  }

  private @Nullable Limit blocker(long now) {
    if (held && heldUntil - now > 0) {
      blockedNanos = heldUntil - now;
      return waiting.isEmpty() && away.isEmpty() ? null : Limit.RETRY_AFTER;
    }
    if (waiting.isEmpty()) {
      return null;
    }
    if (!hasRoom()) {
      return recovery != null && recovery.isProbing() ? Limit.RETRY_AFTER : Limit.PER_HOST;
    }
    if (recovery != null && recovery.delay(now) > 0) {
      return Limit.RETRY_AFTER;
    }
    if (pace.delay(now) > 0) {
      return pace.isSlowed() ? Limit.CRAWL_DELAY : Limit.PER_HOST_RATE;
    }
    return null;
  }

  /** Whether there is room for one more request in flight. */
  boolean hasRoom() {
    return inFlight < (recovery != null && recovery.isProbing() ? 1 : limit());
  }

  private int limit() {
    if (workers != null) {
      return workers.limit();
    }
    return isAdaptive ? Math.min(AdaptiveWorkers.START, most) : most;
  }

  /**
   * How many requests in flight are worthwhile, as far as that is known of this host; 0 if it has
   * none in flight.
   */
  int worthwhile() {
    return workers == null || inFlight == 0 ? 0 : workers.limit();
  }

  QueuedEntry first() {
    return waiting.getFirst();
  }

  QueuedEntry removeFirst() {
    return waiting.removeFirst();
  }

  /** Sets a minimum time between two requests. */
  void slowTo(Duration least) {
    pace.slowTo(least);
  }

  QueuedEntry begin(long now) {
    pace.start(now);
    if (recovery != null) {
      recovery.start(now);
    }
    inFlight++;
    if (workers != null) {
      workers.began(inFlight, now);
    } else if (isAdaptive && inFlight == limit()) {
      workers = new AdaptiveWorkers(most);
      workers.began(inFlight, now);
    }
    return waiting.removeFirst();
  }

  void end() {
    inFlight--;
  }

  /**
   * Records an attempt.
   *
   * @param hold the Retry-After of the response in nanoseconds; 0 for none
   * @return whether the host refused the request only to limit the rate
   */
  boolean learn(Attempt attempt, long hold, long now) {
    CircuitBreaker.Health health = CircuitBreaker.Health.of(attempt);
    failing =
        health == CircuitBreaker.Health.UNKNOWN ? failing : health != CircuitBreaker.Health.HEALTHY;
    failed = failing ? now : failed;
    if (isAdaptive) {
      follow(hold > 0 ? LoadSign.NONE : LoadSign.of(attempt), attempt, now);
    }
    boolean refused = AdaptiveRate.isRefusal(attempt.outcome().status());
    if (hold > 0) {
      hold(now, hold);
      return refused && recover(now, hold).hasAllowed();
    }
    if (health == CircuitBreaker.Health.HEALTHY && !refused) {
      allow(now);
    }
    return false;
  }

  /** Lets the number of requests in flight follow their outcomes. */
  private void follow(LoadSign sign, Attempt attempt, long now) {
    if (workers == null && sign == LoadSign.REFUSED) {
      workers = new AdaptiveWorkers(most, Math.clamp(inFlight, 1, limit()));
    }
    if (workers != null) {
      workers.ended(sign, attempt.timings().total(), inFlight, now);
    }
  }

  private void hold(long now, long nanos) {
    if (!held || now + nanos - heldUntil > 0) {
      heldUntil = now + nanos;
      held = true;
    }
  }

  private AdaptiveRate recover(long now, long nanos) {
    AdaptiveRate known = recovery;
    if (known == null) {
      known = new AdaptiveRate(hasAllowed, nanos);
      recovery = known;
    } else {
      known.hold(now, nanos);
    }
    return known;
  }

  private void allow(long now) {
    hasAllowed = true;
    if (recovery != null) {
      recovery.allow(now);
      recovery = recovery.isOver(now) ? null : recovery;
    }
  }

  /**
   * How long the host stays behind the others, in nanoseconds; 0 if it did not fail the last time.
   */
  long lag(long now) {
    failing &= now - failed < LAG_NANOS;
    return failing ? failed + LAG_NANOS - now : 0;
  }

  /** Records an attempt; returns whether the server at that port counts as down. */
  boolean observe(int port, Attempt attempt, long now) {
    if (breakers.isEmpty()) {
      if (CircuitBreaker.Health.of(attempt) != CircuitBreaker.Health.DOWN) {
        return false;
      }
      breakers = new HashMap<>(2);
    }
    CircuitBreaker breaker = breakers.computeIfAbsent(port, _ -> new CircuitBreaker());
    breaker.observe(attempt, now);
    return breaker.isOpen();
  }

  /** Whether a request may be made to the server at a port. */
  boolean admits(int port, long now) {
    CircuitBreaker breaker = breakers.isEmpty() ? null : breakers.get(port);
    return breaker == null || breaker.admits(now);
  }

  /** The message of the last failure of the server at a port. */
  String lastFailure(int port) {
    CircuitBreaker breaker = breakers.get(port);
    return breaker == null ? "" : breaker.lastFailure();
  }

  /** Removes and returns the entries that match. */
  List<QueuedEntry> removeIf(Predicate<QueuedEntry> condition) {
    List<QueuedEntry> removed = new ArrayList<>();
    remove(away, condition, removed);
    remove(waiting, condition, removed);
    return removed;
  }

  private static void remove(
      Collection<QueuedEntry> entries,
      Predicate<QueuedEntry> condition,
      List<QueuedEntry> removed) {
    if (!entries.isEmpty()) {
      entries.removeIf(entry -> condition.test(entry) && removed.add(entry));
    }
  }

  /** Whether it has no entries and no request in flight. */
  boolean isIdle() {
    return inFlight == 0 && waiting.isEmpty() && away.isEmpty() && !resting;
  }

  /** Whether it has no state worth keeping: a new gate would behave the same. */
  boolean isForgettable(long now) {
    return delay(now) == 0
        && lag(now) == 0
        && (recovery == null || recovery.isOver(now))
        && (breakers.isEmpty()
            || breakers.values().stream().allMatch(CircuitBreaker::isUntroubled));
  }
}
