package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.WorkersUsed;
import fetch.frontier.LoadSimulation.Course;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulates a server with a known limit, and compares with fixed numbers of workers. */
class AdaptiveWorkersTest {
  private static final List<Integer> FIXED = List.of(4, 16, 64, 256);

  private static Course fixed(int workers, SimulatedServer server, int requests) {
    return LoadSimulation.fixed(workers, servers(server)).run(list(requests));
  }

  private static Course adaptive(SimulatedServer server, int requests) {
    return LoadSimulation.adaptive(servers(server)).run(list(requests));
  }

  private static Map<String, SimulatedServer> servers(SimulatedServer server) {
    return Map.of(LoadSimulation.ANY, server);
  }

  private static List<String> list(int requests) {
    return Collections.nCopies(requests, "host");
  }

  private static WorkersUsed used(Course course) {
    WorkersUsed used = course.used();
    if (used == null) {
      throw new AssertionError("the number was fixed");
    }
    return used;
  }

  /** The adapted course, which must be close to the best of the fixed ones. */
  private static Course assertNearBest(Supplier<SimulatedServer> server, int requests) {
    List<Course> fixed =
        FIXED.stream().map(workers -> fixed(workers, server.get(), requests)).toList();
    double best = fixed.stream().mapToDouble(Course::seconds).min().orElseThrow();
    double needed =
        fixed.stream()
            .filter(course -> course.seconds() <= 1.02 * best)
            .mapToDouble(Course::load)
            .min()
            .orElseThrow();
    Course adapted = adaptive(server.get(), requests);
    assertThat(adapted.seconds()).as("%s", adapted).isLessThan(1.1 * best);
    assertThat(adapted.load()).as("%s", adapted).isLessThan(2 * needed);
    assertThat(adapted.lost()).isZero();
    return adapted;
  }

  @Test
  void hasManyInFlightToAServerOfFixedLatency() {
    Course course = assertNearBest(() -> SimulatedServer.ofLatency(0.1), 60_000);
    assertThat(used(course).most()).isEqualTo(256);
    assertNearBest(() -> SimulatedServer.ofLatency(0.01), 100_000);
    assertNearBest(() -> SimulatedServer.ofLatency(0.5), 30_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 100})
  void hasAsManyInFlightAsAServerServesAtOnce(int places) {
    assertNearBest(() -> SimulatedServer.ofCapacity(places, 0.05), places * 20 * 60);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 32, 100})
  void isNotMisledByTimesOfChance(int places) {
    assertNearBest(
        () -> SimulatedServer.ofCapacity(places, 0.05, SimulatedServer.exponential(places)),
        places * 20 * 90);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 100})
  void hasManyInFlightToAServerThatSlowsDownEvenly(int knee) {
    assertNearBest(() -> SimulatedServer.ofSoftKnee(knee, 0.05), Math.max(12, knee) * 20 * 90);
  }

  @Test
  void findsWhatTheProcessorOfTheClientCanDo() {
    assertNearBest(() -> SimulatedServer.ofLatency(0.001).throughClient(0.0005), 60_000);
    assertNearBest(() -> SimulatedServer.ofLatency(0.02).throughClient(0.0005), 60_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 32})
  void isNotMisledByWarmUp(int places) {
    assertNearBest(() -> warmingUp(SimulatedServer.ofCapacity(places, 0.05)), places * 20 * 60);
  }

  private static SimulatedServer warmingUp(SimulatedServer server) {
    return (served, now) -> server.time(served, now) + 0.2 * Math.exp(-now / 2);
  }

  @Test
  void followsAKneeThatMoves() {
    assertNearBest(
        () ->
            SimulatedServer.alternating(
                30, SimulatedServer.ofCapacity(64, 0.05), SimulatedServer.ofCapacity(8, 0.05)),
        90_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 10, 32, 40, 100})
  void keepsBelowWhatAServerRefuses(int most) {
    int requests = most * 20 * 30;
    Course course = adaptive(SimulatedServer.refusingBeyond(most, 0.05), requests);
    assertThat(course.seconds()).as("%s", course).isLessThan(1.1 * requests * 0.05 / most);
    assertThat(course.refused()).isLessThan(100);
    assertThat(course.lost()).isZero();
    assertThat(used(course).last()).isBetween((int) (0.9 * most), most);
  }

  /** Doubling with each response time takes five of them from 8 to 256. */
  @ParameterizedTest
  @ValueSource(ints = {200, 1000})
  void losesSevenResponseTimesOnAShortList(int requests) {
    Course best = fixed(256, SimulatedServer.ofLatency(0.1), requests);
    Course adapted = adaptive(SimulatedServer.ofLatency(0.1), requests);
    assertThat(adapted.seconds()).isLessThan(best.seconds() + 7 * 0.1);

    for (int places : List.of(8, 32)) {
      best = fixed(64, SimulatedServer.ofCapacity(places, 0.05), requests);
      adapted = adaptive(SimulatedServer.ofCapacity(places, 0.05), requests);
      assertThat(adapted.seconds()).isLessThan(best.seconds() + 7 * 0.05);
      assertThat(adapted.load()).isLessThan(2 * best.load());
    }
  }

  @Test
  void learnsNothingFromRequestsThatFailHoweverFewThereAre() {
    Course best = fixed(256, brokenPages(), 60_000);
    Course adapted = adaptive(brokenPages(), 60_000);

    assertThat(adapted.seconds()).isLessThan(1.1 * best.seconds());
  }

  private static SimulatedServer brokenPages() {
    SimulatedServer usual = SimulatedServer.ofLatency(0.05);
    int[] count = {0};
    return (served, now) -> (count[0]++ % 5 == 0 ? -1 : 1) * usual.time(served, now);
  }

  @Test
  void concludesNothingWhileFewRequestsAreInFlight() {
    AdaptiveWorkers workers = new AdaptiveWorkers(256);
    long now = 0;
    for (int i = 0; i < 10_000; i++) {
      workers.began(1, now);
      now += 1_000_000;
      workers.ended(LoadSign.SERVED, 1_000_000, 0, now);
    }
    assertThat(workers.limit()).isEqualTo(8);
    assertThat(workers.used()).isEqualTo(new WorkersUsed(1, 8, 1));
  }
}
