package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.WorkersUsed;
import fetch.frontier.WorkersSimulation.Course;
import fetch.frontier.WorkersSimulation.Server;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Simulates servers with known limits, and compares with fixed numbers of workers. */
class AdaptiveWorkersTest {
  private static final List<Integer> FIXED = List.of(4, 16, 64, 256);
  private static final int MOST = 256;

  /** The adapted course, which must be close to the best of the fixed ones. */
  private static Course assertNearBest(Supplier<Server> server, int requests) {
    List<Course> fixed =
        FIXED.stream()
            .map(workers -> WorkersSimulation.fixed(workers, server.get(), requests))
            .toList();
    double best = fixed.stream().mapToDouble(Course::seconds).min().orElseThrow();
    double needed =
        fixed.stream()
            .filter(course -> course.seconds() <= 1.02 * best)
            .mapToDouble(Course::inFlight)
            .min()
            .orElseThrow();
    Course adapted = WorkersSimulation.adaptive(new AdaptiveWorkers(MOST), server.get(), requests);
    assertThat(adapted.seconds()).isLessThan(1.1 * best);
    assertThat(adapted.inFlight()).isLessThan(2 * needed);
    return adapted;
  }

  @Test
  void hasManyInFlightToAServerOfFixedLatency() {
    Course course = assertNearBest(() -> Server.ofLatency(0.1), 60_000);
    assertThat(course.most()).isEqualTo(MOST);
    assertNearBest(() -> Server.ofLatency(0.01), 400_000);
  }

  @Test
  void hasAFewInFlightToAServerOfLittleCapacity() {
    assertNearBest(() -> Server.ofCapacity(4, 0.05), 5000);
    assertNearBest(() -> Server.ofCapacity(10, 0.05), 10_000);
  }

  @Test
  void hasAsManyInFlightAsAServerServesAtOnce() {
    assertNearBest(() -> Server.ofCapacity(16, 0.05), 20_000);
    assertNearBest(() -> Server.ofCapacity(64, 0.05), 60_000);
    assertNearBest(() -> Server.ofCapacity(100, 0.05), 80_000);
  }

  @Test
  void followsAKneeThatMoves() {
    Supplier<Server> slower =
        () -> Server.changing(30, Server.ofCapacity(64, 0.05), Server.ofCapacity(8, 0.05));
    AdaptiveWorkers workers = new AdaptiveWorkers(MOST);
    WorkersSimulation.adaptive(workers, slower.get(), 60_000);
    assertThat(workers.used().last()).isBetween(6, 16);

    Supplier<Server> faster =
        () -> Server.changing(30, Server.ofCapacity(8, 0.05), Server.ofCapacity(64, 0.05));
    workers = new AdaptiveWorkers(MOST);
    WorkersSimulation.adaptive(workers, faster.get(), 60_000);
    assertThat(workers.used().last()).isBetween(45, 128);
  }

  @Test
  void learnsNothingFromRequestsThatFailHoweverFewThereAre() {
    Server usual = Server.ofLatency(0.05);
    int[] count = {0};
    Server brokenPages =
        (inFlight, now) -> (count[0]++ % 5 == 0 ? -1 : 1) * usual.time(inFlight, now);
    AdaptiveWorkers workers = new AdaptiveWorkers(MOST);

    WorkersSimulation.adaptive(workers, brokenPages, 60_000);

    assertThat(workers.used().last()).isGreaterThan(128);
  }

  @Test
  void concludesNothingWhileFewRequestsAreInFlight() {
    AdaptiveWorkers workers = new AdaptiveWorkers(MOST);
    long now = 0;
    for (int i = 0; i < 10_000; i++) {
      workers.began(1, now);
      now += 1_000_000;
      workers.ended(LoadSign.SERVED, 0, now);
    }
    assertThat(workers.used()).isEqualTo(new WorkersUsed(8, 8, 8));
  }

  @Test
  void keepsBelowWhatAServerRefuses() {
    for (int most : List.of(2, 4, 10, 32, 100)) {
      Supplier<Server> server = () -> Server.refusingBeyond(most, 0.05);
      int requests = most * 20 * 60;
      Course course = WorkersSimulation.adaptive(new AdaptiveWorkers(MOST), server.get(), requests);
      assertThat(course.seconds()).isLessThan(1.1 * requests * 0.05 / most);
      assertThat(course.refused()).isLessThan(200);
    }
  }
}
