package fetch.frontier;

import fetch.Attempt;
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
 * One host's entries that wait, and what stands between them and their turn: how many are in
 * flight, how often one may start, and until when the host wants to be left alone. For one thread.
 */
final class HostGate {
  /** How long a host that failed lets others go first. */
  private static final long LAG_NANOS = Duration.ofSeconds(10).toNanos();

  private final String host;
  private final RateLimiter pace;
  private final Deque<QueuedEntry> waiting = new ArrayDeque<>(2);

  /** Entries that are away until their back-off is over. */
  private Set<QueuedEntry> away = Set.of();

  /** What guards the servers at the host's ports, as soon as one is in trouble. */
  private Map<Integer, CircuitBreaker> breakers = Map.of();

  private int inFlight;
  private long heldUntil;
  private boolean held;
  private boolean hasAllowed;
  private @Nullable AdaptiveRate recovery;

  /** Whether it is among those that may be asked. */
  boolean listed;

  /** Whether it waits for its time. */
  boolean resting;

  /** Whether it goes behind others while it is listed. */
  boolean behind;

  /** Whether there is an alarm for the moment from when on it goes behind no others. */
  boolean alarmed;

  private boolean failing;
  private long failed;

  HostGate(String host, @Nullable Rate rate, long now) {
    this.host = host;
    this.pace = new RateLimiter(rate, now);
  }

  String host() {
    return host;
  }

  int inFlight() {
    return inFlight;
  }

  /** How many entries wait for their turn. */
  int waiting() {
    return waiting.size();
  }

  /** The place of its first entry among all that wait. */
  long order() {
    return waiting.getFirst().order();
  }

  void add(QueuedEntry entry) {
    waiting.addLast(entry);
  }

  /** Sends an entry away until its back-off is over. */
  void sendAway(QueuedEntry entry) {
    if (away.isEmpty()) {
      away = Collections.newSetFromMap(new IdentityHashMap<>(2));
    }
    away.add(entry);
  }

  /** Takes an entry back that was sent away; false when it was removed meanwhile. */
  boolean takeBack(QueuedEntry entry) {
    return away.remove(entry);
  }

  /** Puts an entry before all others, as befits one that has waited before. */
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

  /**
   * Whether there is room for one more request in flight.
   *
   * @param most how many there may be
   */
  boolean hasRoom(int most) {
    return inFlight < (recovery != null && recovery.isProbing() ? 1 : most);
  }

  /** Its first entry. */
  QueuedEntry first() {
    return waiting.getFirst();
  }

  QueuedEntry removeFirst() {
    return waiting.removeFirst();
  }

  /** Leaves at least so much time from one request to the next. */
  void slowTo(Duration least) {
    pace.slowTo(least);
  }

  QueuedEntry begin(long now) {
    pace.start(now);
    if (recovery != null) {
      recovery.start(now);
    }
    inFlight++;
    return waiting.removeFirst();
  }

  void end() {
    inFlight--;
  }

  /**
   * Learns how the host is from an attempt.
   *
   * @param hold for how many nanoseconds the host asked to be left alone; 0 when it did not
   * @return whether the host refused the request only to limit how many there are
   */
  boolean learn(Attempt attempt, long hold, long now) {
    CircuitBreaker.Sign sign = CircuitBreaker.Sign.of(attempt);
    failing = sign == CircuitBreaker.Sign.NONE ? failing : sign != CircuitBreaker.Sign.WELL;
    failed = failing ? now : failed;
    boolean refused = AdaptiveRate.isRefusal(attempt.outcome().status());
    if (hold > 0) {
      hold(now, hold);
      return refused && recover(now, hold).hasAllowed();
    }
    if (sign == CircuitBreaker.Sign.WELL && !refused) {
      allow(now);
    }
    return false;
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

  /** For how much longer it is to go behind others, because it failed the last time; 0 for not. */
  long lag(long now) {
    failing &= now - failed < LAG_NANOS;
    return failing ? failed + LAG_NANOS - now : 0;
  }

  /** Learns what came of an attempt; says whether the server at that port is down. */
  boolean observe(int port, Attempt attempt, long now) {
    if (breakers.isEmpty()) {
      if (CircuitBreaker.Sign.of(attempt) != CircuitBreaker.Sign.DOWN) {
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

  /** How the server at a port failed the last time, for a person. */
  String lastSaid(int port) {
    CircuitBreaker breaker = breakers.get(port);
    return breaker == null ? "" : breaker.lastSaid();
  }

  /** Takes out those of its entries for which a condition holds. */
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

  /** Whether none of its entries is left. */
  boolean isIdle() {
    return inFlight == 0 && waiting.isEmpty() && away.isEmpty() && !resting;
  }

  /** Whether a new gate would do as well, once it is idle. */
  boolean isForgettable(long now) {
    return delay(now) == 0
        && lag(now) == 0
        && (recovery == null || recovery.isOver(now))
        && (breakers.isEmpty()
            || breakers.values().stream().allMatch(CircuitBreaker::isUntroubled));
  }
}
