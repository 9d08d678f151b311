package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.frontier.LoadSimulation.Course;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the number of requests in flight follows the throughput of several hosts. */
class AdaptiveHostsTest {
  private final Map<String, SimulatedServer> servers = new HashMap<>();
  private final List<String> list = new ArrayList<>();

  private void add(String host, int count) {
    list.addAll(Collections.nCopies(count, host));
  }

  /** Adds entries of these hosts in turn, of which each n-th is for another one. */
  private void addMixed(int count, int hosts, int nth, String other) {
    for (int i = 0; i < count; i++) {
      list.add(i % nth == 0 ? other : "host" + i % hosts);
    }
  }

  @Test
  void aSlowHostDoesNotTakeTheWorkersOfTheOthers() {
    servers.put("slow", SimulatedServer.ofCapacity(2, 1));
    servers.put(LoadSimulation.ANY, SimulatedServer.ofLatency(0.05));
    addMixed(30_000, 20, 300, "slow");
    LoadSimulation run = LoadSimulation.adaptive(servers);

    run.run(list);

    assertThat(run.most("slow")).isLessThanOrEqualTo(32);
    assertThat(run.end("slow")).isLessThan(1.2 * 100 / 2);
    assertThat(run.end("host0")).isLessThan(7); // 256 workers take 6 s
  }

  @Test
  void aHostThatRefusesDoesNotSlowTheOthers() {
    servers.put("strict", SimulatedServer.refusingBeyond(2, 0.05));
    servers.put(LoadSimulation.ANY, SimulatedServer.ofLatency(0.05));
    addMixed(30_000, 20, 60, "strict");
    LoadSimulation alone = LoadSimulation.adaptive(servers);
    alone.run(list.stream().filter(host -> !host.equals("strict")).toList());
    LoadSimulation run = LoadSimulation.adaptive(servers);

    Course course = run.run(list);

    assertThat(course.lost()).isZero();
    assertThat(course.refused()).isLessThan(50);
    assertThat(run.end("host0")).isLessThan(1.1 * alone.end("host0"));
    assertThat(run.end("strict")).isLessThan(1.1 * 500 * 0.05 / 2);
  }

  @Test
  void aHostThatSlowsDownKeepsToItsOwnLimit() {
    servers.put("weak", SimulatedServer.ofCapacity(4, 0.05));
    servers.put("open", SimulatedServer.ofLatency(0.05));
    add("weak", 2000);
    add("open", 100_000);
    LoadSimulation run = LoadSimulation.adaptive(servers);

    Course course = run.run(list);

    assertThat(run.end("open")).isLessThan(1.1 * 100_000 * 0.05 / 256);
    assertThat(run.end("weak")).isLessThan(1.1 * 2000 * 0.05 / 4);
    assertThat(course.inFlight()).isLessThan(260);
  }

  private void startWeakHosts() {
    for (int i = 0; i < 20; i++) {
      servers.put("host" + i, SimulatedServer.ofCapacity(8, 0.05));
    }
  }

  @Test
  void hostsThatServeAFewAtOnceAddUp() {
    for (int i = 0; i < 80_000; i++) {
      add("host" + i % 20, 1);
    }
    startWeakHosts();
    Course best = LoadSimulation.fixed(256, servers).run(list);
    startWeakHosts();
    Course course = LoadSimulation.adaptive(servers).run(list);

    assertThat(course.seconds()).isLessThan(1.1 * best.seconds());
    assertThat(course.load()).isLessThan(2 * best.load());
  }

  @Test
  void aHostHasAtMost256UnlessALimitIsSet() {
    servers.put(LoadSimulation.ANY, SimulatedServer.ofLatency(0.05));
    add("one", 40_000);
    add("two", 40_000);
    LoadSimulation run = LoadSimulation.adaptive(servers);

    Course course = run.run(list);

    assertThat(run.most("one")).isEqualTo(256);
    assertThat(course.inFlight()).isGreaterThan(400);
  }

  @Test
  void theLimitForAHostHolds() {
    servers.put("one", SimulatedServer.ofLatency(0.05));
    add("one", 4000);
    LoadSimulation run = LoadSimulation.adaptive(servers, _ -> SimulatedSchedule.perHost(12));

    run.run(list);

    assertThat(run.most("one")).isEqualTo(12);
  }

  @Test
  void manyHostsWithOneRequestEachShareTheWorkersOfTheRun() {
    servers.put(LoadSimulation.ANY, SimulatedServer.ofLatency(0.1));
    for (int i = 0; i < 20_000; i++) {
      add("host" + i, 1);
    }

    Course course = LoadSimulation.adaptive(servers).run(list);

    assertThat(course.seconds()).isLessThan(4); // 256 workers take 7.8 s
  }
}
