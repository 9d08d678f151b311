package fetch.report;

import fetch.Timings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures the phases of requests. For one thread. */
final class PhaseTimes {
  /** The phases, in order. */
  enum Phase {
    QUEUE("queue", "queue", "entries"),
    DNS("dns", "dns", "look-ups"),
    CONNECT("connect", "connect", "connections"),
    TLS("tls", "tls", "handshakes"),
    FIRST_BYTE("first byte", "first", "responses"),
    BODY("body", "body", "bodies"),
    WHOLE("whole request", "whole", "requests");

    private final String label;
    private final String style;
    private final String things;

    Phase(String label, String style, String things) {
      this.label = label;
      this.style = style;
      this.things = things;
    }

    String label() {
      return label;
    }

    /** The class in the style sheet. */
    String style() {
      return style;
    }

    /** The events that have this phase, in the plural. */
    String things() {
      return things;
    }
  }

  private final Map<Phase, Latencies> times = new EnumMap<>(Phase.class);

  PhaseTimes() {
    for (Phase phase : Phase.values()) {
      times.put(phase, new Latencies());
    }
  }

  /**
   * The durations of the phases of one request, in nanoseconds; 0 for a phase that did not take
   * place, as on a reused connection.
   */
  record Durations(long dns, long connect, long tls, long firstByte, long body, long total) {
    /**
     * Separates the phases.
     *
     * @param timings of the attempt
     * @param before how long its earlier requests took
     */
    static Durations of(Timings timings, long before) {
      long looked = Math.max(before, timings.namelookup());
      long connected = Math.max(looked, timings.connect());
      long secured = Math.max(connected, timings.appconnect());
      long total = Math.max(0, timings.total() - before);
      boolean responded = timings.starttransfer() > before;
      return new Durations(
          looked - before,
          connected - looked,
          secured - connected,
          responded ? Math.max(0, timings.starttransfer() - secured) : 0,
          responded ? Math.max(0, timings.total() - timings.starttransfer()) : 0,
          total);
    }

    /** The phase that took the longest. */
    String longest() {
      Phase longest = Phase.FIRST_BYTE; // without a response, the request waited for its first byte
      long most = firstByte > 0 ? firstByte : total - dns - connect - tls - body;
      List<Phase> others = List.of(Phase.DNS, Phase.CONNECT, Phase.TLS, Phase.BODY);
      long[] nanos = {dns, connect, tls, body};
      for (int i = 0; i < nanos.length; i++) {
        if (nanos[i] > most) {
          longest = others.get(i);
          most = nanos[i];
        }
      }
      return longest.label();
    }
  }

  void add(Durations durations) {
    record(Phase.DNS, durations.dns());
    record(Phase.CONNECT, durations.connect());
    record(Phase.TLS, durations.tls());
    record(Phase.FIRST_BYTE, durations.firstByte());
    if (durations.firstByte() > 0) {
      times(Phase.BODY).record(durations.body());
    }
    times(Phase.WHOLE).record(durations.total());
  }

  private void record(Phase phase, long nanos) {
    if (nanos > 0) {
      times(phase).record(nanos);
    }
  }

  /** Adds the wait of an entry. */
  void waited(long nanos) {
    times(Phase.QUEUE).record(nanos);
  }

  Latencies times(Phase phase) {
    return times.computeIfAbsent(phase, _ -> new Latencies());
  }
}
