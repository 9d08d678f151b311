package fetch.frontier;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that may be requested now, in the order of their turns, and the moments at which others
 * may. A host is taken out before anything changes that its place depends on, and put back after.
 * For one thread.
 */
final class HostQueue {
  /** What {@link #delay} says when time alone changes nothing. */
  static final long NEVER = Long.MAX_VALUE;

  /** Written out: {@link Comparator}'s own steps would cost each start 15 ms. */
  private static final Comparator<HostGate> FEWEST_IN_FLIGHT = HostQueue::compare;

  /** What happens at a moment: an entry comes back, or a host's place may change. */
  record Alarm(long moment, HostGate gate, @Nullable QueuedEntry entry) {}

  private final int perHost;
  private final TreeSet<HostGate> ready = new TreeSet<>(FEWEST_IN_FLIGHT);
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>((one, other) -> Long.signum(one.moment() - other.moment()));
  private int readyEntries;

  /**
   * @param perHost the most requests in flight to one host
   */
  HostQueue(int perHost) {
    this.perHost = perHost;
  }

  private static int compare(HostGate one, HostGate other) {
    int place = Boolean.compare(one.behind, other.behind);
    int load = place == 0 ? Integer.compare(one.inFlight(), other.inFlight()) : place;
    return load == 0 ? Long.compare(one.order(), other.order()) : load;
  }

  /** The host whose turn it is, null when there is none. */
  @Nullable HostGate first() {
    return ready.isEmpty() ? null : ready.first();
  }

  /** Whether a request to a host may start at this moment, and goes behind no others. */
  boolean admits(HostGate gate, long now) {
    return gate.delay(now) == 0 && gate.hasRoom(perHost) && gate.lag(now) == 0;
  }

  /** Takes a host out, before its place changes. */
  void withdraw(HostGate gate) {
    if (gate.listed) {
      gate.listed = false;
      ready.remove(gate);
      readyEntries -= gate.behind ? 0 : gate.waiting();
    }
  }

  /** Puts a host where it belongs: among those that may be requested, or those that rest. */
  void enlist(HostGate gate, long now) {
    if (gate.listed || gate.resting || gate.waiting() == 0) {
      return;
    }
    long delay = gate.delay(now);
    if (!gate.hasRoom(perHost)) {
      return;
    }
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

  /** Has an entry come back to a host at a moment. */
  void sendAway(HostGate gate, QueuedEntry entry, long moment) {
    alarms.add(new Alarm(moment, gate, entry));
    gate.sendAway(entry);
  }

  /** The next alarm whose moment has come, null when there is none. Its host is taken out. */
  @Nullable Alarm ring(long now) {
    Alarm alarm = alarms.peek();
    if (alarm == null || alarm.moment() - now > 0) {
      return null;
    }
    alarms.remove();
    withdraw(alarm.gate());
    if (alarm.entry() == null) {
      alarm.gate().resting = false;
      alarm.gate().alarmed = false;
    }
    return alarm;
  }

  /** How long until an alarm, in nanoseconds. */
  long delay(long now) {
    Alarm first = alarms.peek();
    return first == null ? NEVER : Math.max(0, first.moment() - now);
  }

  /** How many entries might be next, except those of hosts that go behind others. */
  int readyEntries() {
    return readyEntries;
  }

  /** Whether a host that failed might be next, for want of others. */
  boolean isOneBehind() {
    return !ready.isEmpty() && ready.last().behind;
  }

  void clear() {
    alarms.clear();
    ready.clear();
  }
}
