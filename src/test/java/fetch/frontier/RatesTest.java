package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.MILLI;
import static fetch.frontier.SimulatedSchedule.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often requests start, under a clock that only the test turns. */
class RatesTest {
  private static SimulatedSchedule play(@Nullable Rate rate, @Nullable Rate perHostRate) {
    return new SimulatedSchedule(
        new Politeness(Integer.MAX_VALUE, rate, perHostRate, true), RetryPolicy.NEVER);
  }

  private static Rate perSecond(long count) {
    return new Rate(count, Duration.ofSeconds(1));
  }

  @Test
  void spacesStartsByTheRate() {
    SimulatedSchedule play = play(perSecond(4), null);
    play.add("a", 2);
    play.add("b", 2);

    play.next();
    play.assertNoTurn();
    assertThat(play.delay()).isEqualTo(250 * MILLI);
    play.pass(250 * MILLI);
    play.next();
    play.assertNoTurn();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 100, 300, 900})
  void holdsTheRateWithinOnePercentOverTenSecondsThoughEveryWakeUpIsLate(int rate) {
    SimulatedSchedule play = play(perSecond(rate), null);
    play.add("a", 11 * rate);

    assertThat(startsInTenSeconds(play))
        .isBetween((int) Math.floor(9.9 * rate), (int) Math.ceil(10.1 * rate));
  }

  @Test
  void holdsEachHostsRateWithinTwoPercentOverTenSeconds() {
    SimulatedSchedule play = play(null, perSecond(50));
    for (int host = 0; host < 10; host++) {
      play.add("host" + host, 600);
    }

    assertThat(startsInTenSeconds(play)).isBetween(10 * 490, 10 * 510);
  }

  private static int startsInTenSeconds(SimulatedSchedule play) {
    Random random = new Random(1);
    long begin = play.now();
    int started = 0;
    while (play.now() - begin < 10 * SECOND) {
      started += play.burst();
      play.pass(play.delay() + random.nextLong(20 * MILLI));
    }
    return started;
  }

  @Test
  void makesUpForNoMoreThanATenthOfASecondAfterAPause() {
    SimulatedSchedule play = play(perSecond(100), null);
    play.add("a", 500);
    play.next();
    play.pass(60 * SECOND);

    assertThat(play.burst()).isBetween(10, 11);
  }

  @Test
  void startsAHostWithoutABurst() {
    SimulatedSchedule play = play(null, perSecond(100));
    play.pass(60 * SECOND);
    play.add("a", 500);

    assertThat(play.burst()).isEqualTo(1);
  }

  @Test
  void spacesStartsForEachHostByItself() {
    SimulatedSchedule play = play(null, perSecond(1));
    play.add("a", 2);
    play.add("b", 2);

    assertThat(List.of(SimulatedSchedule.host(play.next()), SimulatedSchedule.host(play.next())))
        .containsExactly("a", "b");
    play.assertNoTurn();
    assertThat(play.delay()).isEqualTo(SECOND);
    play.pass(SECOND);
    assertThat(List.of(SimulatedSchedule.host(play.next()), SimulatedSchedule.host(play.next())))
        .containsExactly("a", "b");
  }

  @Test
  void obeysTheStricterOfBothRates() {
    SimulatedSchedule play = play(perSecond(10), perSecond(1));
    for (int host = 0; host < 20; host++) {
      play.add("host" + host, 100);
    }
    assertThat(startsInTenSeconds(play)).isBetween(98, 102);

    SimulatedSchedule few = play(perSecond(10), perSecond(1));
    few.add("a", 100);
    few.add("b", 100);
    assertThat(startsInTenSeconds(few)).isBetween(20, 22);
  }

  @Test
  void remembersTheRateOfAHostThatHadNoEntriesForAWhile() {
    SimulatedSchedule play = play(null, new Rate(1, Duration.ofMinutes(1)));
    play.add("a", 1);
    play.respond(play.next(), 200);
    play.pass(SECOND);
    play.add("a", 1);

    play.assertNoTurn();
    assertThat(play.delay()).isEqualTo(59 * SECOND);
  }

  @Test
  void countsRetriesToo() {
    SimulatedSchedule play =
        new SimulatedSchedule(
            new Politeness(1, null, perSecond(1), true),
            new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMinutes(1), false, () -> 1));
    play.add("a", 1);

    play.respond(play.next(), 503);
    play.pass(999 * MILLI);
    play.assertNoTurn();
    play.pass(MILLI);

    assertThat(play.next().retries()).isEqualTo(1);
  }
}
