package fetch.frontier;

import fetch.Attempt;
import fetch.Attempt.HoldBack;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Outcome;
import fetch.robots.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which request comes next, and when.
 *
 * <ul>
 *   <li>Of the hosts that may be asked now, the one with the fewest requests in flight goes first;
 *       among equals, the entry that has waited longest. A host that failed the last time goes
 *       behind the others, but for no more than ten seconds.
 *   <li>A host that may not be asked keeps none but its own entries waiting.
 *   <li>An entry whose attempt failed comes back after its back-off, if it is worth a retry.
 *   <li>Entries of a server that is down end at once, and those that robots.txt disallows.
 *   <li>An origin's robots.txt is asked for like any entry. Until it is there, the entries of that
 *       origin wait.
 * </ul>
 *
 * Policy alone: it never waits, and time is what its callers say. For one thread.
 */
final class Schedule {
  /** What {@link #delay} says when time alone changes nothing. */
  static final long NEVER = Long.MAX_VALUE;

  /** Written out: {@link Comparator}'s own steps would cost each start 15 ms. */
  private static final Comparator<HostGate> FEWEST_IN_FLIGHT = Schedule::compare;

  /** What happens at a moment: an entry comes back, or a host's place may change. */
  private record Alarm(long moment, HostGate gate, @Nullable Waiting entry) {}

  private final Verdict verdict;
  private final Politeness politeness;
  private final RetryPolicy retries;
  private final Hosts hosts;
  private final @Nullable Permissions permissions;
  private final Pace pace;
  private final TreeSet<HostGate> ready = new TreeSet<>(FEWEST_IN_FLIGHT);
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>((one, other) -> Long.signum(one.moment() - other.moment()));
  private final List<FetchResult> results = new ArrayList<>();
  private long added;
  private int waiting;
  private int readyEntries;
  private int inFlight;
  private boolean stopped;

  private static int compare(HostGate one, HostGate other) {
    int place = Boolean.compare(one.behind, other.behind);
    int load = place == 0 ? Integer.compare(one.inFlight(), other.inFlight()) : place;
    return load == 0 ? Long.compare(one.order(), other.order()) : load;
  }

  Schedule(Verdict verdict, Politeness politeness, RetryPolicy retries, long now) {
    this.verdict = verdict;
    this.politeness = politeness;
    this.retries = retries;
    this.hosts = new Hosts(politeness.perHostRate());
    this.permissions = politeness.robots() == null ? null : new Permissions(politeness.robots());
    this.pace = new Pace(politeness.rate(), now);
  }

  /** Takes a request in. */
  void add(FetchRequest request, long now) {
    Rules rules = permissions == null ? null : permissions.rules(request, now);
    if (isRefused(request, rules)) {
      return;
    }
    HostGate gate = hosts.gate(request.target().host(), now);
    int port = request.target().port();
    if (!gate.admits(port, now)) {
      results.add(verdict.hostDown(request, gate.lastSaid(port)));
      forgetIfIdle(gate, now);
      return;
    }
    withdraw(gate);
    Waiting entry = new Waiting(request, added++, now, null, 0);
    waiting++;
    if (permissions == null) {
      gate.add(entry);
    } else if (rules != null) {
      let(gate, entry, rules);
    } else {
      ask(permissions, gate, entry);
    }
    enlist(gate, now);
  }

  /** Ends an entry that the rules disallow. */
  private boolean isRefused(FetchRequest request, @Nullable Rules rules) {
    String refusal = rules == null ? null : rules.refusal(request.target());
    if (refusal == null) {
      return false;
    }
    results.add(verdict.robots(request, refusal));
    return true;
  }

  private static void let(HostGate gate, Waiting entry, Rules rules) {
    gate.slowTo(rules.crawlDelay());
    gate.add(entry);
  }

  /** Lets an entry wait for its origin's rules, and sees to it that they are asked for. */
  private static void ask(Permissions permissions, HostGate gate, Waiting entry) {
    FetchRequest robotsTxt = permissions.await(entry);
    if (robotsTxt != null) {
      gate.add(new Waiting(robotsTxt, entry.order(), entry.since(), null, 0));
    }
  }

  /** What is waited for: a robots.txt is on the way to an entry that is counted already. */
  private static int weight(FetchRequest request) {
    return request.robots() ? 0 : 1;
  }

  /** The next turn, null when there is none now. */
  @Nullable Turn next(long now) {
    ring(now);
    while (!ready.isEmpty() && isTooLate(ready.first().first(), now)) {
      HostGate gate = ready.first();
      withdraw(gate);
      end(gate.removeFirst(), gate);
      enlist(gate, now);
      forgetIfIdle(gate, now);
    }
    return ready.isEmpty() || pace.delay(now) > 0 ? null : begin(ready.first(), now);
  }

  private boolean isTooLate(Waiting entry, long now) {
    return entry.isRetry() && now - entry.firstStart() > retries.maxTime().toNanos();
  }

  private Turn begin(HostGate gate, long now) {
    withdraw(gate);
    Waiting entry = gate.begin(now);
    pace.start(now);
    waiting -= weight(entry.request());
    inFlight++;
    enlist(gate, now);
    FetchResult before = entry.before();
    return new Turn(
        entry.request(),
        entry.retries(),
        now - entry.since(),
        before == null ? now : entry.firstStart(),
        before == null ? 0 : before.startEpochMillis());
  }

  /** How long until there may be a next turn, in nanoseconds. */
  long delay(long now) {
    if (!ready.isEmpty()) {
      return pace.delay(now);
    }
    Alarm first = alarms.peek();
    return first == null ? NEVER : Math.max(0, first.moment() - now);
  }

  private void ring(long now) {
    for (Alarm alarm = alarms.peek();
        alarm != null && alarm.moment() - now <= 0;
        alarm = alarms.peek()) {
      alarms.remove();
      HostGate gate = alarm.gate();
      withdraw(gate);
      if (alarm.entry() == null) {
        gate.resting = false;
        gate.alarmed = false;
      } else if (gate.takeBack(alarm.entry())) {
        comeBack(gate, alarm.entry(), now);
      }
      enlist(gate, now);
      forgetIfIdle(gate, now);
    }
  }

  private void comeBack(HostGate gate, Waiting entry, long now) {
    if (gate.admits(entry.request().target().port(), now)) {
      gate.addFirst(entry);
    } else {
      end(entry, gate);
    }
  }

  /** The rules in a robots.txt, null when that is not what the turn was for. For any thread. */
  @Nullable Rules read(Turn turn, Attempt attempt) {
    return permissions != null && turn.request().robots() ? permissions.read(attempt) : null;
  }

  /**
   * Takes back a turn with what came of it.
   *
   * @param rules as {@link #read} has them
   */
  void settle(Turn turn, Attempt attempt, @Nullable Rules rules, long now) {
    HostGate gate = hosts.gate(turn.request().target().host(), now);
    int port = turn.request().target().port();
    hold(attempt.holdBack(), now);
    withdraw(gate);
    gate.end();
    inFlight--;
    gate.observe(Breaker.Sign.of(attempt), now);
    boolean down = politeness.breaker() && gate.observe(port, attempt, now);
    FetchResult result = (rules == null ? verdict : Permissions.VERDICT).of(turn, attempt);
    if (down || stopped || !comesBack(gate, turn, attempt, result, now)) {
      conclude(gate, turn, result, rules, now);
    }
    if (down) {
      gate.removeIf(entry -> entry.request().target().port() == port)
          .forEach(entry -> end(entry, gate));
    }
    enlist(gate, now);
    forgetIfIdle(gate, now);
  }

  private void conclude(
      HostGate gate, Turn turn, FetchResult result, @Nullable Rules rules, long now) {
    if (permissions == null || rules == null) {
      results.add(result);
    } else if (!stopped) {
      permissions.learn(turn.request(), rules, now).forEach(entry -> admit(gate, entry, rules));
    }
  }

  /** Lets an entry go on that has waited for these rules, or ends it. */
  private void admit(HostGate gate, Waiting entry, Rules rules) {
    if (isRefused(entry.request(), rules)) {
      waiting--;
    } else {
      let(gate, entry, rules);
    }
  }

  /** Leaves a host alone for as long as it asks, and never longer than a retry may wait. */
  private void hold(@Nullable HoldBack wish, long now) {
    if (wish == null) {
      return;
    }
    HostGate gate = hosts.gate(wish.host(), now);
    withdraw(gate);
    gate.holdUntil(now + nanos(wish));
    enlist(gate, now);
    forgetIfIdle(gate, now);
  }

  private long nanos(HoldBack wish) {
    return 1_000_000 * Math.min(wish.millis(), retries.maxTime().toMillis());
  }

  private boolean comesBack(
      HostGate gate, Turn turn, Attempt attempt, FetchResult result, long now) {
    long wait;
    FetchRequest request;
    if (attempt.outcome() instanceof Outcome.Deferred deferred) {
      wait = nanos(Objects.requireNonNull(attempt.holdBack()));
      request = turn.request().from(deferred.onward());
    } else {
      wait = Math.max(retries.waitNanos(turn.retries()), gate.delay(now));
      boolean inTime = now + wait - turn.firstStart() <= retries.maxTime().toNanos();
      if (!inTime || !retries.repeats(result)) {
        return false;
      }
      request = turn.request().fromBeginning();
    }
    Waiting entry = new Waiting(request, added++, now, result, turn.firstStart());
    alarms.add(new Alarm(now + wait, gate, entry));
    gate.sendAway(entry);
    waiting += weight(request);
    return true;
  }

  /** Ends an entry that may not be attempted: its server is down, or it is too late for it. */
  private void end(Waiting entry, HostGate gate) {
    FetchRequest request = entry.request();
    if (permissions != null && request.robots()) {
      giveUp(permissions, entry, gate);
      return;
    }
    waiting--;
    results.add(
        !entry.isRetry()
            ? verdict.hostDown(request, gate.lastSaid(request.target().port()))
            : entry.before());
  }

  /** Lets those go on that wait for a robots.txt, by what it came to if it was attempted. */
  private void giveUp(Permissions permissions, Waiting robotsTxt, HostGate gate) {
    FetchResult before = robotsTxt.before();
    Attempt last = before == null ? null : before.attempt();
    for (Waiting entry : permissions.giveUp(robotsTxt.request())) {
      if (last == null) {
        end(entry, gate);
      } else {
        admit(gate, entry, permissions.read(last));
      }
    }
  }

  /** Takes a host from those that may be asked, before its place among them changes. */
  private void withdraw(HostGate gate) {
    if (gate.listed) {
      gate.listed = false;
      ready.remove(gate);
      readyEntries -= gate.behind ? 0 : gate.waiting();
    }
  }

  /** Puts a host where it belongs: among those that may be asked, or those that rest. */
  private void enlist(HostGate gate, long now) {
    if (gate.resting || gate.waiting() == 0 || gate.inFlight() >= politeness.perHost()) {
      return;
    }
    long delay = gate.delay(now);
    if (delay == 0) {
      list(gate, gate.lag(now), now);
    } else {
      gate.resting = true;
      alarms.add(new Alarm(now + delay, gate, null));
    }
  }

  private void list(HostGate gate, long lag, long now) {
    gate.listed = true;
    gate.behind = lag > 0;
    ready.add(gate);
    readyEntries += gate.behind ? 0 : gate.waiting();
    if (gate.behind && !gate.alarmed) {
      gate.alarmed = true;
      alarms.add(new Alarm(now + lag, gate, null));
    }
  }

  private void forgetIfIdle(HostGate gate, long now) {
    if (gate.isIdle()) {
      hosts.retire(gate, now);
    }
  }

  /**
   * Gives out no more turns. Entries that wait for another attempt end for this reason.
   *
   * @param reason {@link FailureKind#INTERRUPTED} or {@link FailureKind#DEADLINE}
   */
  void stop(FailureKind reason) {
    stopped = true;
    alarms.clear();
    ready.clear();
    for (Waiting entry : hosts.removeAttempted()) {
      waiting--;
      results.add(verdict.stopped(Objects.requireNonNull(entry.before()), reason));
    }
  }

  /** The results that were not taken yet. */
  List<FetchResult> takeResults() {
    if (results.isEmpty()) {
      return List.of();
    }
    List<FetchResult> taken = List.copyOf(results);
    results.clear();
    return taken;
  }

  boolean hasResults() {
    return !results.isEmpty();
  }

  /** How many entries might be next, those aside of hosts that go behind others. */
  int ready() {
    return readyEntries;
  }

  /** Whether a host that failed might be next, for want of others. */
  boolean isOneBehind() {
    return !ready.isEmpty() && ready.last().behind;
  }

  /** How many entries wait, for their turn or for another one. */
  int waiting() {
    return waiting;
  }

  /** Whether nothing waits and nothing is in flight. */
  boolean isIdle() {
    return waiting == 0 && inFlight == 0;
  }
}
