package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.MILLI;
import static fetch.frontier.SimulatedSchedule.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.FetchResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which host is next, under a clock that only the test turns. */
class ScheduleTest {
  /** An attempt under way until a moment. */
  private record UnderWay(Turn turn, long end) {}

  @Test
  void givesOneHostsEntriesOutInInputOrder() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, RetryPolicy.NEVER);
    play.add("a", 3);

    for (long i = 0; i < 3; i++) {
      assertThat(SimulatedSchedule.urlnum(play.next())).isEqualTo(i);
    }
  }

  @Test
  void keepsInputOrderAmongHostsWhenOneRequestIsMadeAtATime() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, RetryPolicy.NEVER);
    play.add("a", 2);
    play.add("b", 2);

    for (long i = 0; i < 4; i++) {
      Turn turn = play.next();
      assertThat(SimulatedSchedule.urlnum(turn)).isEqualTo(i);
      play.respond(turn, 200);
    }
  }

  @Test
  void prefersTheHostWithTheFewestRequestsInFlight() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, RetryPolicy.NEVER);
    play.add("slow", 50);
    play.add("b", 2);
    play.add("c", 1);

    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      hosts.add(SimulatedSchedule.host(play.next()));
    }

    assertThat(hosts).containsExactly("slow", "b", "c", "slow", "b", "slow");
  }

  @Test
  void letsAHostAtItsLimitHoldNoneButItsOwnEntries() {
    SimulatedSchedule play = new SimulatedSchedule(SimulatedSchedule.perHost(2), RetryPolicy.NEVER);
    play.add("slow", 50);
    play.add("other", 5);

    Turn first = play.next();
    play.next();
    play.next();
    play.next();
    play.assertNoTurn();
    assertThat(play.delay()).isEqualTo(Schedule.NEVER);

    play.respond(first, 200);
    assertThat(SimulatedSchedule.host(play.next())).isEqualTo("slow");
    play.assertNoTurn();
  }

  @Test
  void countsThoseEntriesAsReadyThatAHostAtItsLimitDoesNotHold() {
    SimulatedSchedule play =
        new SimulatedSchedule(SimulatedSchedule.perHost(1), SimulatedSchedule.TWICE);
    play.add("a", 50);
    play.add("b", 5);
    assertThat(play.schedule().ready()).isEqualTo(55);

    Turn first = play.next();
    assertThat(play.schedule().ready()).isEqualTo(5);
    play.next();
    assertThat(play.schedule().ready()).isZero();
    play.add("c", 1);
    assertThat(play.schedule().ready()).isEqualTo(1);
    play.holdBack(first, 200, 500);
    assertThat(play.schedule().ready()).isEqualTo(1);

    play.pass(500 * MILLI);
    play.next();
    assertThat(play.schedule().ready()).isEqualTo(1);
    assertThat(play.schedule().waiting()).isEqualTo(53);
  }

  @Test
  void letsOthersGoBeforeAHostThatFailedForTenSecondsAtMost() {
    SimulatedSchedule play =
        new SimulatedSchedule(SimulatedSchedule.perHost(100), RetryPolicy.NEVER);
    play.add("ill", 20);
    play.fail(play.next(), FailureKind.RESET);
    play.add("well", 20);

    for (int i = 0; i < 5; i++) {
      assertThat(SimulatedSchedule.host(play.next())).isEqualTo("well");
    }
    play.pass(10 * SECOND);
    assertThat(SimulatedSchedule.host(play.next())).isEqualTo("ill");
  }

  @Test
  void remembersThatAHostFailedAndForgetsItWithTheNextResponse() {
    SimulatedSchedule play =
        new SimulatedSchedule(SimulatedSchedule.perHost(100), RetryPolicy.NEVER);
    play.add("a", 1);
    play.fail(play.next(), FailureKind.EMPTY_REPLY);
    play.add("a", 3);
    play.add("b", 1);
    assertThat(play.schedule().ready()).isEqualTo(1);

    assertThat(SimulatedSchedule.host(play.next())).isEqualTo("b");
    assertThat(play.schedule().hasFailingHost()).isTrue();
    play.respond(play.next(), 404);
    assertThat(play.schedule().hasFailingHost()).isFalse();
    play.add("c", 1);
    assertThat(SimulatedSchedule.host(play.next())).isEqualTo("a");
  }

  @Test
  void finishesAListSortedByHostAsIfTheSlowHostWereNotThere() {
    Map<String, Long> without = finishTimes(99, 48);
    Map<String, Long> with = finishTimes(100, 48 + 2);

    assertThat(with.remove("slow")).isBetween(500 * SECOND, 503 * SECOND);
    assertThat((double) latest(with)).isLessThan(1.02 * latest(without));
  }

  private static long latest(Map<String, Long> moments) {
    return moments.values().stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** When workers are done with hosts of 100 entries each, of which the hundredth comes first. */
  private static Map<String, Long> finishTimes(int hosts, int most) {
    SimulatedSchedule play = new SimulatedSchedule(SimulatedSchedule.perHost(2), RetryPolicy.NEVER);
    for (int host = hosts; host > 0; host--) {
      play.add(host == 100 ? "slow" : "host" + host, 100);
    }
    long begin = play.now();
    Map<String, Long> finished = new HashMap<>();
    PriorityQueue<UnderWay> workers =
        new PriorityQueue<>(Comparator.comparingLong(attempt -> attempt.end() - begin));
    while (play.results().size() < 100 * hosts) {
      Turn turn = workers.size() < most ? play.schedule().next(play.now()) : null;
      if (turn != null) {
        long took = SimulatedSchedule.host(turn).equals("slow") ? 10 * SECOND : 10 * MILLI;
        workers.add(new UnderWay(turn, play.now() + took));
      } else {
        UnderWay done = workers.remove();
        play.pass(done.end() - play.now());
        play.respond(done.turn(), 200);
        finished.put(SimulatedSchedule.host(done.turn()), play.now() - begin);
      }
    }
    return finished;
  }

  @Test
  void settlesWhatIsInFlightAfterAStopThatTookTheEntriesOfAHost() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, SimulatedSchedule.TWICE);
    play.add("a", 1);
    play.add("b", 2);
    play.add("c", 1);
    play.respond(play.next(), 503);
    Turn first = play.next();
    play.pass(SECOND);
    Turn second = play.next(); // the back-off is over: host a is queued again
    play.stop(FailureKind.INTERRUPTED);

    play.respond(first, 200);
    play.respond(second, 200);

    assertThat(play.results())
        .extracting(FetchResult::ok)
        .containsExactlyInAnyOrder(false, true, true);
    assertThat(play.schedule().waiting()).isEqualTo(1);
  }

  @Test
  void losesNothingUnderRandomFortunes() {
    for (int seed = 0; seed < 5; seed++) {
      loseNothing(new Random(seed), 5000);
    }
  }

  private static void loseNothing(Random random, int entries) {
    SimulatedSchedule play =
        new SimulatedSchedule(
            new Politeness(
                3, new Rate(900, Duration.ofSeconds(1)), new Rate(40, Duration.ofSeconds(1)), true),
            new RetryPolicy(
                3, Duration.ofSeconds(2), Duration.ofSeconds(20), false, random::nextDouble));
    List<Turn> inFlight = new ArrayList<>();
    while (play.results().size() < entries) {
      if (play.added() < entries && play.schedule().waiting() < 500) {
        play.add("host" + random.nextInt(60), (int) Math.min(4, entries - play.added()));
      }
      Turn turn = play.schedule().next(play.now());
      play.results().addAll(play.schedule().takeOutput().results());
      if (turn != null) {
        inFlight.add(turn);
        assertThat(mostToOneHost(inFlight)).isLessThanOrEqualTo(3);
      } else if (!inFlight.isEmpty() && random.nextInt(4) > 0) {
        end(play, inFlight.remove(random.nextInt(inFlight.size())), random);
      } else {
        play.pass(Math.min(play.delay(), 50 * MILLI));
      }
    }

    assertThat(inFlight).isEmpty();
    assertThat(play.schedule().isIdle()).isTrue();
    assertThat(play.schedule().ready()).isZero();
    Set<Long> ended = new HashSet<>();
    for (FetchResult result : play.results()) {
      assertThat(ended.add(result.entry().urlnum())).isTrue();
    }
  }

  private static int mostToOneHost(List<Turn> inFlight) {
    Map<String, Integer> counts = new HashMap<>();
    inFlight.forEach(turn -> counts.merge(SimulatedSchedule.host(turn), 1, Integer::sum));
    return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static void end(SimulatedSchedule play, Turn turn, Random random) {
    int host = Integer.parseInt(SimulatedSchedule.host(turn).substring("host".length()));
    switch (random.nextInt(host < 10 ? 4 : 30)) {
      case 0 -> play.fail(turn, FailureKind.CONNECT);
      case 1 -> play.holdBack(turn, 429, random.nextInt(3000));
      case 2 -> play.respond(turn, 503);
      default -> play.respond(turn, 200);
    }
  }
}
