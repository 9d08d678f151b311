package fetch.frontier;

import fetch.HostName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds the gates of all hosts that have entries, and of up to 65,536 recent hosts without entries
 * that are held back or failing. For one thread.
 */
final class HostGates {
  private static final int MOST_REMEMBERED = 65_536;

  private final Map<String, HostGate> active = new HashMap<>();

  /** Gates without entries; the oldest first. */
  private final LinkedHashMap<String, HostGate> remembered = new LinkedHashMap<>();

  private final Politeness politeness;

  HostGates(Politeness politeness) {
    this.politeness = politeness;
  }

  /** The gate of a host. A trailing dot in the name makes no difference. */
  HostGate gate(String name, long now) {
    String host = HostName.withoutDot(name);
    HostGate gate = active.get(host);
    if (gate == null) {
      HostGate known = remembered.remove(host);
      gate =
          known == null
              ? new HostGate(host, politeness.of(host), politeness.mostAdapted() > 0, now)
              : known;
      active.put(host, gate);
    }
    return gate;
  }

  /** Removes a gate without entries, and remembers it if it has state worth keeping. */
  void retire(HostGate gate, long now) {
    if (!active.remove(gate.host(), gate) || gate.isForgettable(now)) {
      return;
    }
    remembered.putLast(gate.host(), gate);
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.pollFirstEntry();
    }
  }

  /** Passes on the gates of all hosts that have entries. */
  void forEach(Consumer<HostGate> takesGate) {
    active.values().forEach(takesGate);
  }

  /** Removes and returns the entries that were requested before, except requests for robots.txt. */
  List<QueuedEntry> removeRequested() {
    List<QueuedEntry> removed = new ArrayList<>();
    for (HostGate gate : active.values()) {
      removed.addAll(gate.removeIf(entry -> entry.before() != null && !entry.request().robots()));
    }
    return removed;
  }
}
