package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.WorkersUsed;
import fetch.frontier.WorkersSimulation.Server;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the number of requests in flight follows the throughput of several hosts. */
class AdaptiveHostsTest {
  private static final Politeness ADAPTING = Politeness.NONE.adaptingWorkers(1024);
  private static final double NANOS = 1e9;

  private record Pending(long at, Turn turn, boolean isRefused) {}

  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>((one, other) -> Long.signum(one.at() - other.at()));
  private final Map<String, Server> servers = new HashMap<>();
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final Map<String, Integer> most = new HashMap<>();
  private final Map<String, Double> end = new HashMap<>();
  private SimulatedSchedule run = new SimulatedSchedule(ADAPTING, RetryPolicy.NEVER);
  private long origin;

  @BeforeEach
  void start() {
    origin = run.now();
  }

  /** Makes all requests; returns what was allowed in flight. */
  private WorkersUsed fetch() {
    startAll();
    while (!pending.isEmpty()) {
      Pending next = pending.remove();
      run.pass(next.at() - run.now());
      String host = SimulatedSchedule.host(next.turn());
      inFlight.merge(host, -1, Integer::sum);
      end.put(host, seconds());
      run.respond(next.turn(), next.isRefused() ? 503 : 200);
      startAll();
    }
    return run.schedule().inFlight().used();
  }

  private double seconds() {
    return (run.now() - origin) / NANOS;
  }

  private void startAll() {
    for (Turn turn = run.schedule().next(run.now());
        turn != null;
        turn = run.schedule().next(run.now())) {
      String host = SimulatedSchedule.host(turn);
      int there = inFlight.merge(host, 1, Integer::sum);
      most.merge(host, there, Math::max);
      double time = servers.get(host).time(there, seconds());
      pending.add(new Pending(run.now() + (long) (Math.abs(time) * NANOS), turn, time < 0));
    }
  }

  @Test
  void aSlowHostDoesNotTakeTheWorkersOfTheOthers() {
    servers.put("slow", Server.ofCapacity(2, 1));
    for (int i = 0; i < 20; i++) {
      servers.put("host" + i, Server.ofLatency(0.05));
    }
    for (int i = 0; i < 30_000; i++) {
      run.add(i % 300 == 0 ? "slow" : "host" + i % 20, 1);
    }

    fetch();

    assertThat(most.get("slow")).isLessThanOrEqualTo(32);
    assertThat(end.get("slow")).isLessThan(1.2 * 100 / 2);
    assertThat(end.get("host0")).isLessThan(12); // 100 workers would take 15 s
  }

  @Test
  void aHostThatRefusesDoesNotSlowTheOthers() {
    servers.put("strict", Server.refusingBeyond(4, 0.05));
    servers.put("open", Server.ofLatency(0.05));
    run.add("strict", 2000);
    run.add("open", 30_000);

    fetch();

    assertThat(run.results()).hasSize(32_000);
    assertThat(run.results().stream().filter(result -> result.failure() != null).count())
        .isLessThan(100);
    assertThat(end.get("open")).isLessThan(25); // 64 workers would take 23 s
  }

  @Test
  void aHostHasAtMost256UnlessALimitIsSet() {
    servers.put("one", Server.ofLatency(0.05));
    servers.put("two", Server.ofLatency(0.05));
    run.add("one", 40_000);
    run.add("two", 40_000);

    WorkersUsed used = fetch();

    assertThat(most.get("one")).isEqualTo(256);
    assertThat(used.most()).isGreaterThanOrEqualTo(512);
  }

  @Test
  void theLimitForAHostHolds() {
    run = new SimulatedSchedule(perHost(12).adaptingWorkers(1024), RetryPolicy.NEVER);
    servers.put("one", Server.ofLatency(0.05));
    run.add("one", 4000);

    fetch();

    assertThat(most.get("one")).isEqualTo(12);
  }

  private static Politeness perHost(int most) {
    return SimulatedSchedule.perHost(most);
  }

  @Test
  void manyHostsWithOneRequestEachShareTheWorkersOfTheRun() {
    for (int i = 0; i < 20_000; i++) {
      servers.put("host" + i, Server.ofLatency(0.1));
      run.add("host" + i, 1);
    }

    WorkersUsed used = fetch();

    assertThat(used.most()).isGreaterThanOrEqualTo(512);
    assertThat(seconds()).isLessThan(10); // 256 workers would take 7.8 s
  }
}
