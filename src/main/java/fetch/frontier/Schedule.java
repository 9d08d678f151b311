package fetch.frontier;

import fetch.Attempt;
import fetch.Attempt.HoldBack;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Hop;
import fetch.Outcome;
import fetch.Target;
import fetch.frontier.ScheduleOutput.Question;
import fetch.robots.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which request comes next, and when.
 *
 * <ul>
 *   <li>Of the hosts that may be requested now, the one with the fewest requests in flight goes
 *       first; among equals, the entry that has waited longest. A host that failed the last time
 *       goes behind the others, but for no more than ten seconds.
 *   <li>A host that may not be requested keeps none but its own entries waiting.
 *   <li>A redirect is a request to its target's host, under all limits of that host. It goes before
 *       the entries that wait there, and at once where that is allowed.
 *   <li>An entry whose attempt failed comes back after its back-off, if it is worth a retry.
 *   <li>Entries of a server that is down end at once, and those that robots.txt disallows.
 *   <li>An origin's robots.txt is requested like any entry. Until it is there, the entries of that
 *       origin wait.
 * </ul>
 *
 * Policy alone: it never waits, and time is what its callers say. For one thread.
 */
final class Schedule {
  /** What {@link #delay} says when time alone changes nothing. */
  static final long NEVER = HostQueue.NEVER;

  private final Verdict verdict;
  private final Politeness politeness;
  private final RetryPolicy retries;
  private final HostGates hosts;
  private final @Nullable RobotsPermissions permissions;
  private final RateLimiter pace;
  private final HostQueue lineup;
  private final ScheduleOutput news = new ScheduleOutput(new ArrayList<>(), new ArrayList<>());
  private long added;
  private int waiting;
  private int inFlight;
  private @Nullable FailureKind stopReason;

  Schedule(Verdict verdict, Politeness politeness, RetryPolicy retries, long now) {
    this.verdict = verdict;
    this.politeness = politeness;
    this.retries = retries;
    this.hosts = new HostGates(politeness.perHostRate());
    this.permissions =
        politeness.robots() == null ? null : new RobotsPermissions(politeness.robots());
    this.pace = new RateLimiter(politeness.rate(), now);
    this.lineup = new HostQueue(politeness.perHost());
  }

  /** Takes a request in. */
  void add(FetchRequest request, long now) {
    waiting++;
    place(QueuedEntry.first(request, added++, now), now);
  }

  /** Lets an entry wait for its turn, or first for the rules that it has to obey. */
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
      news.questions().add(new Question(entry, rules));
    }
  }

  /** Goes on with an entry of which it is known now whether robots.txt allows its request. */
  void answer(Question question, @Nullable String refusal, long now) {
    QueuedEntry entry = question.entry();
    if (stopReason != null) {
      endIfRequested(entry, stopReason);
    } else if (refusal != null) {
      waiting--;
      news.results().add(verdict.robots(entry, refusal));
    } else {
      gate(entry, now).slowTo(question.rules().crawlDelay());
      arrive(entry, now);
    }
  }

  private HostGate gate(QueuedEntry entry, long now) {
    return hosts.gate(entry.request().requested().host(), now);
  }

  /** Lets an entry wait for its turn, before all others if it has had one. */
  private void arrive(QueuedEntry entry, long now) {
    HostGate gate = gate(entry, now);
    lineup.withdraw(gate);
    queue(entry, gate, now);
    settle(gate, now);
  }

  /** Queues an entry unless its server is down, which ends it; returns whether it did. */
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

  /** Puts a host in its place, or forgets it. */
  private void settle(HostGate gate, long now) {
    lineup.enlist(gate, now);
    if (gate.isIdle()) {
      hosts.retire(gate, now);
    }
  }

  /** A robots.txt is not counted: it is on the way to entries that are. */
  private static int weight(FetchRequest request) {
    return request.robots() ? 0 : 1;
  }

  /** The next turn, null when there is none now. */
  @Nullable Turn next(long now) {
    ring(now);
    HostGate gate = lineup.first();
    while (gate != null && isTooLate(gate.first(), now)) {
      lineup.withdraw(gate);
      end(gate.removeFirst(), gate, now);
      settle(gate, now);
      gate = lineup.first();
    }
    return gate == null || pace.delay(now) > 0 ? null : begin(gate, now);
  }

  private boolean isTooLate(QueuedEntry entry, long now) {
    return entry.isRetry() && now - entry.firstStart() > retries.maxTime().toNanos();
  }

  private Turn begin(HostGate gate, long now) {
    lineup.withdraw(gate);
    QueuedEntry entry = gate.begin(now);
    pace.start(now);
    waiting -= weight(entry.request());
    inFlight++;
    lineup.enlist(gate, now);
    return entry.begin(now);
  }

  /** How long until there may be a next turn, in nanoseconds. */
  long delay(long now) {
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

  /** The rules in a robots.txt, null when that is not what the turn was for. For any thread. */
  @Nullable Rules read(Turn turn, Attempt attempt) {
    return permissions != null
            && turn.request().robots()
            && !(attempt.outcome() instanceof Outcome.Redirected)
        ? permissions.read(attempt)
        : null;
  }

  /**
   * Takes back a turn with what came of it. Returns the turn to go on with, if there is one: that
   * of a redirect that may be followed at once.
   *
   * @param rules as {@link #read} has them
   */
  @Nullable Turn settle(Turn turn, Attempt attempt, @Nullable Rules rules, long now) {
    Target requested = turn.request().requested();
    HostGate gate = takeBack(turn, now);
    boolean heldUp = gate.learn(attempt, nanos(attempt.response().holdBack()), now);
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

  /** Takes back a turn in which fetch itself failed. The server is not judged by it. */
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
    inFlight--;
    return gate;
  }

  /** A host is never left alone for longer than a retry may wait. */
  private long nanos(@Nullable HoldBack wish) {
    return wish == null ? 0 : 1_000_000 * Math.min(wish.millis(), retries.maxTime().toMillis());
  }

  /** Goes on where a redirect leads: at once, or as soon as that host may be requested. */
  private @Nullable Turn follow(
      Turn turn, Hop hop, @Nullable HoldBack wish, FetchResult result, long now) {
    FetchRequest request = turn.request().at(hop);
    QueuedEntry entry =
        new QueuedEntry(request, turn.order(), now, result, turn.firstStart(), turn.heldUp());
    waiting += weight(request);
    if (stopReason != null) {
      endIfRequested(entry, stopReason);
      return null;
    }
    HostGate gate = gate(entry, now);
    if (wish != null) {
      lineup.sendAway(gate, entry, now + nanos(wish)); // RFC 9110, section 10.2.3
      return null;
    }
    boolean isFree = permissions == null || request.robots();
    if (!isFree || pace.delay(now) > 0 || !lineup.admits(gate, now)) {
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
        news.results().add(result);
      }
    } else if (stopReason == null) {
      for (QueuedEntry entry : permissions.learn(turn.request(), rules, now)) {
        examine(entry, rules, now);
      }
    } else {
      endAll(permissions.giveUp(turn.request()), stopReason);
    }
  }

  private boolean comesBack(
      HostGate gate, Turn turn, FetchResult result, boolean heldUp, long now) {
    int counted = turn.retries() - turn.heldUp();
    if (!retries.repeats(result, counted)) {
      return false;
    }
    long wait = Math.max(retries.waitNanos(counted), gate.delay(now));
    if (now + wait - turn.firstStart() > retries.maxTime().toNanos()) {
      return false;
    }
    FetchRequest request = turn.request().fromBeginning();
    int free = turn.heldUp() + (heldUp ? 1 : 0);
    QueuedEntry entry = new QueuedEntry(request, added++, now, result, turn.firstStart(), free);
    lineup.sendAway(gate(entry, now), entry, now + wait);
    waiting += weight(request);
    return true;
  }

  /** Ends an entry that may not be requested: its server is down, or it is too late for it. */
  private void end(QueuedEntry entry, HostGate gate, long now) {
    FetchRequest request = entry.request();
    if (permissions != null && request.robots()) {
      giveUp(permissions, entry, gate, now);
      return;
    }
    waiting--;
    news.results()
        .add(
            entry.isRetry()
                ? Objects.requireNonNull(entry.before())
                : verdict.hostDown(entry, gate.lastSaid(request.requested().port())));
  }

  /** Lets those go on that wait for a robots.txt, by what it came to if it was requested. */
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
   * Gives out no more turns. Entries that wait for another request end for this reason.
   *
   * @param reason {@link FailureKind#INTERRUPTED} or {@link FailureKind#DEADLINE}
   */
  void stop(FailureKind reason) {
    stopReason = reason;
    lineup.clear();
    endAll(hosts.removeRequested(), reason);
    if (permissions != null) {
      endAll(permissions.removeRequested(), reason);
    }
  }

  private void endAll(List<QueuedEntry> entries, FailureKind reason) {
    entries.forEach(entry -> endIfRequested(entry, reason));
  }

  /** Ends an entry that was requested before; one that was not is left to be counted. */
  private void endIfRequested(QueuedEntry entry, FailureKind reason) {
    if (entry.before() != null && !entry.request().robots()) {
      waiting--;
      news.results().add(verdict.stopped(entry.before(), reason));
    }
  }

  /** What was not taken yet. */
  ScheduleOutput takeNews() {
    return news.takeAll();
  }

  boolean hasNews() {
    return !news.isEmpty();
  }

  /** How many entries might be next, except those of hosts that go behind others. */
  int ready() {
    return lineup.readyEntries();
  }

  /** Whether a host that failed might be next, for want of others. */
  boolean isOneBehind() {
    return lineup.isOneBehind();
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
