package fetch.frontier;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Orders the hosts that may be requested now, and keeps alarms for the others. A host must be taken
 * out before anything changes that its position depends on, and put back afterwards. For one
 * thread.
 */
final class HostQueue {
  /** The value of {@link #delay} when time alone changes nothing. */
  static final long NEVER = Long.MAX_VALUE;

  /** A method reference, because {@link Comparator#comparing} costs 15 ms at every start. */
  private static final Comparator<HostGate> FEWEST_IN_FLIGHT = HostQueue::compare;

  /** Something due at a moment: an entry's back-off ends, or a host's position may change. */
  record Alarm(long moment, HostGate gate, @Nullable QueuedEntry entry) {}

  private final TreeSet<HostGate> ready = new TreeSet<>(FEWEST_IN_FLIGHT);
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>((one, other) -> Long.signum(one.moment() - other.moment()));
  private final LimitWaits waits;
  private int readyEntries;

  /**
   * @param waits adds up how long hosts are held back
   */
  HostQueue(LimitWaits waits) {
    this.waits = waits;
  }

  private static int compare(HostGate one, HostGate other) {
    int place = Boolean.compare(one.isBehind(), other.isBehind());
    int load = place == 0 ? Integer.compare(one.inFlight(), other.inFlight()) : place;
    return load == 0 ? Long.compare(one.order(), other.order()) : load;
  }

  /** The host whose turn it is; null if no host may be requested. */
  @Nullable HostGate first() {
    return ready.isEmpty() ? null : ready.first();
  }

  /** Whether a request to a host may start now, and the host did not fail the last time. */
  boolean admits(HostGate gate, long now) {
    return gate.delay(now) == 0 && gate.hasRoom() && gate.lag(now) == 0;
  }

  /** Takes a host out, before its position changes. */
  void withdraw(HostGate gate) {
    if (gate.isQueued()) {
      gate.leaveQueue();
      ready.remove(gate);
      readyEntries -= gate.isBehind() ? 0 : gate.waiting();
    }
  }

  /** Puts a host back: among those that may be requested now, or with an alarm for later. */
  void enlist(HostGate gate, long now) {
    if (waits.ofHosts() || gate.wasHeldBack()) {
      gate.count(waits, now);
    }
    if (gate.isQueued() || gate.isResting() || gate.waiting() == 0) {
      return;
    }
    long delay = gate.delay(now);
    if (!gate.hasRoom()) {
      return;
    }
    if (delay == 0) {
      list(gate, gate.lag(now), now);
    } else {
      gate.rest();
      alarms.add(new Alarm(now + delay, gate, null));
    }
  }

  private void list(HostGate gate, long lag, long now) {
    gate.enterQueue(lag > 0);
    ready.add(gate);
    readyEntries += gate.isBehind() ? 0 : gate.waiting();
    if (gate.needsAlarm()) {
      alarms.add(new Alarm(now + lag, gate, null));
    }
  }

  /** Puts an entry into back-off until a moment. */
  void backOff(HostGate gate, QueuedEntry entry, long moment) {
    alarms.add(new Alarm(moment, gate, entry));
    gate.backOff(entry);
  }

  /** Removes the next alarm that is due, and takes its host out; null if no alarm is due. */
  @Nullable Alarm ring(long now) {
    Alarm alarm = alarms.peek();
    if (alarm == null || alarm.moment() - now > 0) {
      return null;
    }
    alarms.remove();
    withdraw(alarm.gate());
    if (alarm.entry() == null) {
      alarm.gate().alarmRang();
    }
    return alarm;
  }

  /** The time until the next alarm, in nanoseconds. */
  long delay(long now) {
    Alarm first = alarms.peek();
    return first == null ? NEVER : Math.max(0, first.moment() - now);
  }

  /** The number of entries that may start now, without those of hosts that failed the last time. */
  int readyEntries() {
    return readyEntries;
  }

  /** Whether a host that failed the last time may be requested now. */
  boolean hasFailingHost() {
    return !ready.isEmpty() && ready.last().isBehind();
  }

  void clear() {
    alarms.clear();
    ready.clear();
  }
}
