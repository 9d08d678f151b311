package fetch.frontier;

import fetch.WorkersUsed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a list from simulated servers through a {@link Schedule}, under a clock that only the
 * simulation turns. Refused requests are retried as in a run.
 */
final class LoadSimulation {
  /**
   * What came of it.
   *
   * @param seconds until the last response
   * @param inFlight requests in flight, on average
   * @param refused how many requests were refused
   * @param lost how many entries failed
   * @param entries how many there were
   * @param used the limits; null if they are fixed
   */
  record Course(
      double seconds,
      double inFlight,
      int refused,
      long lost,
      int entries,
      @Nullable WorkersUsed used) {
    /** The load on servers: requests in flight times their seconds. */
    double load() {
      return seconds * inFlight;
    }

    boolean isGood() {
      return lost <= entries / 100;
    }
  }

  private record Pending(long at, Turn turn, boolean isRefused, long nanos) {}

  /** The name for the server of all hosts without one of their own. */
  static final String ANY = "*";

  private static final double NANOS = 1e9;

  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>((one, other) -> Long.signum(one.at() - other.at()));
  private final Map<String, Integer> served = new HashMap<>();
  private final Map<String, Integer> most = new HashMap<>();
  private final Map<String, Double> ends = new HashMap<>();
  private final Map<String, SimulatedServer> servers;
  private final SimulatedSchedule schedule;
  private final int fixed;
  private final long origin;
  private double area;
  private int refused;

  private LoadSimulation(Map<String, SimulatedServer> servers, Politeness politeness, int fixed) {
    Random random = new Random(7);
    RetryPolicy retries =
        new RetryPolicy(
            5, Duration.ofMillis(200), Duration.ofMinutes(10), false, random::nextDouble);
    this.servers = servers;
    this.schedule = new SimulatedSchedule(politeness, retries);
    this.origin = schedule.now();
    this.fixed = fixed;
  }

  /** A run with a fixed number of workers. */
  static LoadSimulation fixed(int workers, Map<String, SimulatedServer> servers) {
    return new LoadSimulation(
        servers, new Politeness(Integer.MAX_VALUE, null, null, false), workers);
  }

  /** A run that finds its number of workers. */
  static LoadSimulation adaptive(Map<String, SimulatedServer> servers) {
    return adaptive(servers, UnaryOperator.identity());
  }

  /** The same, under other limits. */
  static LoadSimulation adaptive(
      Map<String, SimulatedServer> servers, UnaryOperator<Politeness> limits) {
    Politeness none = new Politeness(Integer.MAX_VALUE, null, null, false);
    return new LoadSimulation(servers, limits.apply(none).adaptingWorkers(1024), Integer.MAX_VALUE);
  }

  /** When the last request to a host ended, in seconds. */
  double end(String host) {
    return ends.getOrDefault(host, 0.0);
  }

  /** The most requests in flight to a host. */
  int most(String host) {
    return most.getOrDefault(host, 0);
  }

  Course run(List<String> hosts) {
    hosts.forEach(host -> schedule.add(host, 1));
    startAll();
    while (schedule.results().size() < hosts.size()) {
      long delay = schedule.schedule().delay(schedule.now());
      Pending next = pending.peek();
      if (next == null || (delay > 0 && delay < next.at() - schedule.now())) {
        pass(delay);
      } else {
        pending.remove();
        pass(next.at() - schedule.now());
        end(next);
      }
      startAll();
    }
    long lost = schedule.results().stream().filter(result -> result.failure() != null).count();
    return new Course(
        seconds(),
        area / seconds(),
        refused,
        lost,
        hosts.size(),
        schedule.schedule().inFlight().used());
  }

  private void pass(long nanos) {
    area += pending.size() * (nanos / NANOS);
    schedule.pass(nanos);
  }

  private void end(Pending next) {
    String host = SimulatedSchedule.host(next.turn());
    served.merge(host, next.isRefused() ? 0 : -1, Integer::sum);
    ends.put(host, seconds());
    refused += next.isRefused() ? 1 : 0;
    schedule.respond(next.turn(), next.isRefused() ? 503 : 200, next.nanos());
  }

  private double seconds() {
    return (schedule.now() - origin) / NANOS;
  }

  private void startAll() {
    while (pending.size() < fixed) {
      Turn turn = schedule.schedule().next(schedule.now());
      if (turn == null) {
        return;
      }
      String host = SimulatedSchedule.host(turn);
      double time =
          servers
              .getOrDefault(host, servers.get("*"))
              .time(served.getOrDefault(host, 0) + 1, seconds());
      long nanos = (long) (Math.abs(time) * NANOS);
      int there = served.merge(host, time < 0 ? 0 : 1, Integer::sum);
      most.merge(host, there, Math::max);
      pending.add(new Pending(schedule.now() + nanos, turn, time < 0, nanos));
    }
  }
}
