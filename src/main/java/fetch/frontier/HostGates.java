package fetch.frontier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gates of the hosts that have entries, and of those hosts lately asked that may not be asked
 * again yet, or have begun to fail. Of these only so many are remembered, however long the list is.
 * For one thread.
 */
final class HostGates {
  private static final int MOST_REMEMBERED = 65_536;

  private final Map<String, HostGate> active = new HashMap<>();

  /** Those without entries, the longest forgotten first. */
  private final LinkedHashMap<String, HostGate> remembered = new LinkedHashMap<>();

  private final @Nullable Rate rate;

  /**
   * @param rate how often each host may be asked
   */
  HostGates(@Nullable Rate rate) {
    this.rate = rate;
  }

  /** The gate of a host; its name with and without the dot at the end is one host. */
  HostGate gate(String name, long now) {
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    HostGate gate = active.get(host);
    if (gate == null) {
      HostGate known = remembered.remove(host);
      gate = known == null ? new HostGate(host, rate, now) : known;
      active.put(host, gate);
    }
    return gate;
  }

  /** Says that a host has no entries any more. */
  void retire(HostGate gate, long now) {
    if (!active.remove(gate.host(), gate) || gate.isForgettable(now)) {
      return;
    }
    remembered.putLast(gate.host(), gate);
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.pollFirstEntry();
    }
  }

  /** Takes out the entries that were requested before, and no request for a robots.txt. */
  List<QueuedEntry> removeRequested() {
    List<QueuedEntry> removed = new ArrayList<>();
    for (HostGate gate : active.values()) {
      removed.addAll(gate.removeIf(entry -> entry.before() != null && !entry.request().robots()));
    }
    return removed;
  }
}
