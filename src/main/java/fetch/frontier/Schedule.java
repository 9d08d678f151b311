package fetch.frontier;

import fetch.Attempt;
import fetch.Attempt.HoldBack;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Hop;
import fetch.Limit;
import fetch.Outcome;
import fetch.Target;
import fetch.frontier.ScheduleOutput.RobotsCheck;
import fetch.robots.Rules;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which request starts next, and when.
 *
 * <ul>
 *   <li>Of the hosts that may be requested now, the one with the fewest requests in flight goes
 *       first; among equals, the entry that has waited longest. A host that failed stays behind the
 *       others for ten seconds.
 *   <li>A host that may not be requested delays only its own entries.
 *   <li>A redirect is a request to its target's host, under all limits of that host. It goes before
 *       the entries that wait there, and starts at once if that host may be requested.
 *   <li>A failed attempt that is worth a retry is repeated after its back-off.
 *   <li>Entries of a server that is down end at once, as do entries that robots.txt disallows.
 *   <li>An origin's robots.txt is requested like an entry. The entries of that origin wait for it.
 * </ul>
 *
 * It never blocks, and its callers pass in the time. For one thread.
 */
final class Schedule {
  /** The value of {@link #delay} when time alone changes nothing. */
  static final long NEVER = HostQueue.NEVER;

  private final Verdict verdict;
  private final Politeness politeness;
  private final RetryPolicy retries;
  private final HostGates hosts;
  private final @Nullable RobotsPermissions permissions;
  private final RateLimiter pace;
  private final InFlight inFlight;
  private final LimitWaits waits;
  private final HostQueue lineup;
  private final ScheduleOutput output = new ScheduleOutput(new ArrayList<>(), new ArrayList<>());
  private long added;
  private int waiting;
  private @Nullable FailureKind stopReason;

  Schedule(Verdict verdict, Politeness politeness, RetryPolicy retries, long now) {
    this.verdict = verdict;
    this.politeness = politeness;
    this.retries = retries;
    this.hosts = new HostGates(politeness);
    this.permissions =
        politeness.robots() == null ? null : new RobotsPermissions(politeness.robots());
    this.pace = new RateLimiter(politeness.rate(), now);
    this.inFlight = new InFlight(politeness.mostAdapted());
    this.waits = new LimitWaits(politeness.limitsHosts());
    this.lineup = new HostQueue(waits);
  }

  /** Queues a request. */
  void add(FetchRequest request, long now) {
    waiting++;
    place(QueuedEntry.first(request, added++, now), now);
  }

  /** Queues an entry for its turn, or first for its robots.txt. */
  private void place(QueuedEntry entry, long now) {
    if (permissions == null || entry.request().robots()) {
      arrive(entry, now);
      return;
    }
    Rules rules = permissions.rules(entry.request(), now);
    if (rules != null) {
      examine(entry, rules, now);
      return;
    }
    FetchRequest robotsTxt = permissions.await(entry);
    if (robotsTxt != null) {
      arrive(QueuedEntry.first(robotsTxt, entry.order(), entry.since()), now);
    }
  }

  private void examine(QueuedEntry entry, Rules rules, long now) {
    if (rules.allowAll()) {
      arrive(entry, now);
    } else {
      output.checks().add(new RobotsCheck(entry, rules));
    }
  }

  /** Continues or ends an entry after its robots.txt check. */
  void finish(RobotsCheck check, @Nullable String refusal, long now) {
    QueuedEntry entry = check.entry();
    if (stopReason != null) {
      endIfRequested(entry, stopReason);
    } else if (refusal != null) {
      waiting--;
      output.results().add(verdict.robots(entry, refusal));
    } else {
      gate(entry, now).slowTo(check.rules().crawlDelay());
      arrive(entry, now);
    }
  }

  private HostGate gate(QueuedEntry entry, long now) {
    return hosts.gate(entry.request().requested().host(), now);
  }

  /** Queues an entry at its host; retries and redirects go first. */
  private void arrive(QueuedEntry entry, long now) {
    HostGate gate = gate(entry, now);
    lineup.withdraw(gate);
    queue(entry, gate, now);
    settle(gate, now);
  }

  /** Queues an entry and returns true. If its server is down, ends the entry and returns false. */
  private boolean queue(QueuedEntry entry, HostGate gate, long now) {
    if (!gate.admits(entry.request().requested().port(), now)) {
      end(entry, gate, now);
      return false;
    }
    if (entry.before() == null) {
      gate.add(entry);
    } else {
      gate.addFirst(entry);
    }
    return true;
  }

  /** Puts a host back into the queue, or retires it if it is idle. */
  private void settle(HostGate gate, long now) {
    lineup.enlist(gate, now);
    if (gate.isIdle()) {
      hosts.retire(gate, now);
    }
  }

  /** The next turn; null if no request may start now. */
  @Nullable Turn next(long now) {
    ring(now);
    HostGate gate = lineup.first();
    while (gate != null && gate.first().isRetrySince(now - retries.maxTime().toNanos())) {
      lineup.withdraw(gate);
      end(gate.removeFirst(), gate, now);
      settle(gate, now);
      gate = lineup.first();
    }
    if (gate == null || inFlight.isFull() || waits.forRate(pace.delay(now), now)) {
      return null;
    }
    return begin(gate, now);
  }

  private Turn begin(HostGate gate, long now) {
    lineup.withdraw(gate);
    QueuedEntry entry = gate.begin(now);
    pace.start(now);
    waits.endOfRate(now);
    waiting -= QueuedEntry.weight(entry.request());
    inFlight.begin(gate, now);
    lineup.enlist(gate, now);
    return entry.begin(now);
  }

  /** How long each limit has held entries back, in nanoseconds, summed over hosts. */
  Map<Limit, Long> waits(long now) {
    hosts.forEach(gate -> gate.count(waits, now));
    return waits.nanos(now);
  }

  /** The time until a turn may be possible, in nanoseconds. */
  long delay(long now) {
    if (inFlight.isFull()) {
      return NEVER; // the end of a request comes first
    }
    return lineup.first() != null ? pace.delay(now) : lineup.delay(now);
  }

  private void ring(long now) {
    for (HostQueue.Alarm alarm = lineup.ring(now); alarm != null; alarm = lineup.ring(now)) {
      HostGate gate = alarm.gate();
      QueuedEntry entry = alarm.entry();
      if (entry != null && gate.takeBack(entry)) {
        if (entry.isRetry()) {
          queue(entry, gate, now);
        } else {
          place(entry, now);
        }
      }
      settle(gate, now);
    }
  }

  /** The rules in a robots.txt; null if the turn was not for one. For any thread. */
  @Nullable Rules read(Turn turn, Attempt attempt) {
    return permissions != null
            && turn.request().robots()
            && !(attempt.outcome() instanceof Outcome.Redirected)
        ? permissions.read(attempt)
        : null;
  }

  /**
   * Takes back a turn with its attempt. Returns the turn of a redirect that may be followed at
   * once; else null.
   *
   * @param rules the return value of {@link #read}
   */
  @Nullable Turn settle(Turn turn, Attempt attempt, @Nullable Rules rules, long now) {
    Target requested = turn.request().requested();
    HostGate gate = takeBack(turn, now);
    boolean heldUp = gate.learn(attempt, retries.holdNanos(attempt.response().holdBack()), now);
    inFlight.learn(attempt, now);
    boolean down = politeness.breaker() && gate.observe(requested.port(), attempt, now);
    FetchResult result = (rules == null ? verdict : RobotsPermissions.VERDICT).of(turn, attempt);
    Turn next = null;
    if (attempt.outcome() instanceof Outcome.Redirected redirected) {
      next = follow(turn, redirected.hop(), attempt.response().holdBack(), result, now);
    } else if (down || stopReason != null || !comesBack(gate, turn, result, heldUp, now)) {
      conclude(turn, result, rules, now);
    }
    if (down) {
      lineup.withdraw(gate);
      gate.removeIf(entry -> entry.request().requested().port() == requested.port())
          .forEach(entry -> end(entry, gate, now));
    }
    settle(gate, now);
    return next;
  }

  /** Takes back a turn whose exchange threw, which says nothing about the server. */
  void settle(Turn turn, Throwable bug, long now) {
    HostGate gate = takeBack(turn, now);
    Rules rules = turn.request().robots() ? Rules.unreachable("a bug in fetch") : null;
    conclude(turn, verdict.internal(turn, bug), rules, now);
    settle(gate, now);
  }

  private HostGate takeBack(Turn turn, long now) {
    HostGate gate = hosts.gate(turn.request().requested().host(), now);
    lineup.withdraw(gate);
    gate.end();
    inFlight.end();
    return gate;
  }

  /** Follows a redirect: at once, or as soon as the target's host may be requested. */
  private @Nullable Turn follow(
      Turn turn, Hop hop, @Nullable HoldBack wish, FetchResult result, long now) {
    FetchRequest request = turn.request().at(hop);
    QueuedEntry entry =
        new QueuedEntry(request, turn.order(), now, result, turn.firstStart(), turn.heldUp());
    waiting += QueuedEntry.weight(request);
    if (stopReason != null) {
      endIfRequested(entry, stopReason);
      return null;
    }
    HostGate gate = gate(entry, now);
    if (wish != null) {
      lineup.backOff(gate, entry, now + retries.holdNanos(wish)); // RFC 9110, section 10.2.3
      return null;
    }
    boolean isFree = permissions == null || request.robots();
    if (!isFree || inFlight.isFull() || pace.delay(now) > 0 || !lineup.admits(gate, now)) {
      place(entry, now);
      return null;
    }
    lineup.withdraw(gate);
    Turn next = queue(entry, gate, now) ? begin(gate, now) : null;
    settle(gate, now);
    return next;
  }

  private void conclude(Turn turn, FetchResult result, @Nullable Rules rules, long now) {
    if (permissions == null || rules == null) {
      if (!turn.request().robots()) {
        output.results().add(result);
      }
    } else if (stopReason == null) {
      for (QueuedEntry entry : permissions.learn(turn.request(), rules, now)) {
        examine(entry, rules, now);
      }
    }
  }

  private boolean comesBack(
      HostGate gate, Turn turn, FetchResult result, boolean heldUp, long now) {
    int counted = turn.retries() - turn.heldUp();
    if (!retries.repeats(result, counted, gate.retries(retries.most()))) {
      return false;
    }
    long wait = Math.max(retries.waitNanos(counted), gate.delay(now));
    if (now + wait - turn.firstStart() > retries.maxTime().toNanos()) {
      return false;
    }
    FetchRequest request = turn.request().fromBeginning();
    int free = turn.heldUp() + (heldUp ? 1 : 0);
    QueuedEntry entry =
        new QueuedEntry(request, added++, now, result.withoutBody(), turn.firstStart(), free);
    lineup.backOff(gate(entry, now), entry, now + wait);
    waiting += QueuedEntry.weight(request);
    return true;
  }

  /** Ends an entry whose server is down, or whose time for retries is over. */
  private void end(QueuedEntry entry, HostGate gate, long now) {
    FetchRequest request = entry.request();
    if (permissions != null && request.robots()) {
      giveUp(permissions, entry, gate, now);
      return;
    }
    waiting--;
    output
        .results()
        .add(
            entry.isRetry()
                ? Objects.requireNonNull(entry.before())
                : verdict.hostDown(entry, gate.lastFailure(request.requested().port())));
  }

  /** Continues the entries of a robots.txt that is given up, by its last attempt if it had one. */
  private void giveUp(
      RobotsPermissions permissions, QueuedEntry robotsTxt, HostGate gate, long now) {
    FetchResult before = robotsTxt.before();
    Attempt last = before == null ? null : before.attempt();
    for (QueuedEntry entry : permissions.giveUp(robotsTxt.request())) {
      if (last == null) {
        end(entry, gate, now);
      } else {
        examine(entry, permissions.read(last), now);
      }
    }
  }

  /**
   * Stops giving out turns. Entries that wait for another request end with this failure.
   *
   * @param reason {@link FailureKind#INTERRUPTED} or {@link FailureKind#DEADLINE}
   */
  void stop(FailureKind reason) {
    stopReason = reason;
    lineup.clear();
    hosts.removeRequested().forEach(entry -> endIfRequested(entry, reason));
    if (permissions != null) {
      permissions.removeRequested().forEach(entry -> endIfRequested(entry, reason));
    }
  }

  /**
   * Ends an entry that was requested before. Others stay queued, and are counted as not reached.
   */
  private void endIfRequested(QueuedEntry entry, FailureKind reason) {
    if (entry.before() != null && !entry.request().robots()) {
      waiting--;
      output.results().add(verdict.stopped(entry.before(), reason));
    }
  }

  /** Removes and returns the output since the last call. */
  ScheduleOutput takeOutput() {
    return output.takeAll();
  }

  boolean hasOutput() {
    return !output.isEmpty();
  }

  /** The number of entries that may start now, without those of hosts that failed the last time. */
  int ready() {
    return lineup.readyEntries();
  }

  /** Whether a host that failed the last time may be requested now. */
  boolean hasFailingHost() {
    return lineup.hasFailingHost();
  }

  /** The number of entries that wait, including retries and redirects. */
  int waiting() {
    return waiting;
  }

  InFlight inFlight() {
    return inFlight;
  }

  /** Whether no entry waits or is in flight. */
  boolean isIdle() {
    return waiting == 0 && inFlight.isNone();
  }
}
