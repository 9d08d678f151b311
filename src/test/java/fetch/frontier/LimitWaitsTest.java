package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.MILLI;
import static fetch.frontier.SimulatedSchedule.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.ByHost;
import fetch.Limit;
import fetch.Sample;
import fetch.robots.RobotsReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each limit costs, under a clock that only the test turns. */
class LimitWaitsTest {
  private static final Rate TWO_PER_SECOND = new Rate(2, Duration.ofSeconds(1));

  private static Politeness limits(int perHost, Rate rate, Rate perHostRate) {
    return new Politeness(perHost, rate, perHostRate, true);
  }

  private static SimulatedSchedule play(Politeness politeness) {
    return new SimulatedSchedule(politeness, SimulatedSchedule.TWICE);
  }

  private static Map<Limit, Long> waits(SimulatedSchedule play) {
    return play.schedule().waits(play.now());
  }

  @Test
  void entriesThatMayStartWaitForNoLimit() {
    SimulatedSchedule play = play(limits(1, TWO_PER_SECOND, TWO_PER_SECOND));
    play.add("a", 1);
    play.pass(SECOND);
    Turn turn = play.next();
    play.pass(SECOND);
    play.respond(turn, 200);

    assertThat(waits(play)).isEmpty();
  }

  @Test
  void requestsInFlightHoldBackTheirHost() {
    SimulatedSchedule play = play(limits(1, null, null));
    play.add("a", 3);
    play.add("b", 1);
    Turn first = play.next();
    Turn other = play.next();
    play.pass(3 * SECOND);
    play.respond(other, 200);
    play.respond(first, 200);
    play.pass(5 * SECOND); // no worker comes
    play.next();
    play.pass(SECOND);

    assertThat(waits(play)).containsExactly(Map.entry(Limit.PER_HOST, 4 * SECOND));
  }

  @Test
  void theRateOfAHostHoldsBackItsEntriesUntilTheyMayStart() {
    SimulatedSchedule play = play(limits(Integer.MAX_VALUE, null, TWO_PER_SECOND));
    play.add("a", 3);
    play.add("b", 2);
    play.next();
    play.next();
    play.assertNoTurn();
    play.pass(play.delay());
    play.next();
    play.next();
    play.pass(200 * MILLI);

    assertThat(waits(play)).containsExactly(Map.entry(Limit.PER_HOST_RATE, 1200 * MILLI));
  }

  @Test
  void theRateOfOneHostCountsToo() {
    Politeness politeness =
        Politeness.NONE.withHosts(
            ByHost.of(
                HostLimits.USUAL, Map.of("a", _ -> new HostLimits(null, TWO_PER_SECOND, null))));
    SimulatedSchedule play = play(politeness);
    play.add("a", 2);
    play.add("b", 2);
    play.burst();
    play.pass(300 * MILLI);

    assertThat(waits(play)).containsExactly(Map.entry(Limit.PER_HOST_RATE, 300 * MILLI));
  }

  @Test
  void theRateOfTheRunCostsTheTimeThatAWorkerWaits() {
    SimulatedSchedule play = play(limits(Integer.MAX_VALUE, TWO_PER_SECOND, null));
    play.add("a", 5);
    play.next();
    play.pass(200 * MILLI); // all workers are busy
    play.assertNoTurn();
    play.assertNoTurn();
    play.pass(play.delay());
    play.next();

    assertThat(waits(play)).containsExactly(Map.entry(Limit.RATE, 300 * MILLI));
  }

  @Test
  void aPauseThatAServerAskedForCountsWithoutAnyLimit() {
    SimulatedSchedule play = play(Politeness.NONE);
    play.add("a", 2);
    Turn first = play.next();
    Turn second = play.next();
    play.holdBack(first, 429, 4000);
    play.pass(SECOND);
    play.respond(second, 200);
    play.pass(3 * SECOND);
    play.next();

    assertThat(waits(play)).containsEntry(Limit.RETRY_AFTER, 4 * SECOND).hasSize(1);
  }

  @Test
  void aPauseCostsNothingIfNoEntryWaits() {
    SimulatedSchedule play = play(Politeness.NONE);
    play.add("a", 1);
    play.holdBack(play.next(), 200, 4000);
    play.pass(SECOND);

    assertThat(waits(play)).isEmpty();
    play.add("a", 1);
    play.pass(SECOND);
    assertThat(waits(play)).containsExactly(Map.entry(Limit.RETRY_AFTER, SECOND));
  }

  @Test
  void aCrawlDelayIsToldFromARate() {
    Politeness politeness =
        new Politeness(Integer.MAX_VALUE, null, TWO_PER_SECOND, true, new RobotsReader("fetch"));
    SimulatedSchedule play = play(politeness);
    play.add("a", 2);
    Turn robots = play.next();
    String text = "User-agent: *\nCrawl-delay: 7\n";
    play.settle(robots, Sample.carrying(Sample.responded(robots.request(), 200), text));
    play.pass(500 * MILLI);
    play.next();
    play.pass(5 * SECOND);

    assertThat(waits(play)).containsExactly(Map.entry(Limit.CRAWL_DELAY, 5500 * MILLI));
  }
}
