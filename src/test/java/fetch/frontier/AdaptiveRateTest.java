package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.MILLI;
import static fetch.frontier.SimulatedSchedule.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FetchResult;
import fetch.Sample;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a host is requested again after Retry-After, under a clock that only the test turns. */
class AdaptiveRateTest {
  private static final RetryPolicy TWICE =
      new RetryPolicy(
          2, Duration.ofSeconds(1), Duration.ofMinutes(2), false, new Random(7)::nextDouble);

  private final SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);

  /** A server that lets so many requests a second pass, and refuses the others with Retry-After. */
  private static final class Limiter {
    private final double perSecond;
    private final double burst;
    private final long retryAfterMillis;
    private double tokens;
    private long last;

    Limiter(double perSecond, double burst, long retryAfterMillis, long now) {
      this.perSecond = perSecond;
      this.burst = burst;
      this.retryAfterMillis = retryAfterMillis;
      this.tokens = burst;
      this.last = now;
    }

    Attempt respond(Turn turn, long now) {
      tokens = Math.min(burst, tokens + (now - last) * perSecond / SECOND);
      last = now;
      if (tokens >= 1) {
        tokens--;
        return Sample.responded(turn.request(), 200);
      }
      return Sample.heldBack(
          Sample.responded(turn.request(), 429), SimulatedSchedule.host(turn), retryAfterMillis);
    }
  }

  private record InFlight(Turn turn, long until) {}

  /** Runs until all entries are done, by workers whose requests take some time. */
  private long run(Limiter server, int workers, long latency) {
    long began = play.now();
    ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
    while (!play.schedule().isIdle() && play.now() - began < 300 * SECOND) {
      while (!inFlight.isEmpty() && inFlight.peek().until() - play.now() <= 0) {
        Turn turn = inFlight.remove().turn();
        play.settle(turn, server.respond(turn, play.now()));
      }
      while (inFlight.size() < workers) {
        Turn turn = play.schedule().next(play.now());
        if (turn == null) {
          break;
        }
        inFlight.add(new InFlight(turn, play.now() + latency));
      }
      play.pass(MILLI / 2);
    }
    return play.now() - began;
  }

  @ParameterizedTest
  @CsvSource({
    "20, 5, 1000, 200, 2",
    "20, 5, 1000, 200, 30",
    "20, 5, 1000, 200, 150",
    "5, 5, 1000, 100, 2",
    "10, 10, 2000, 200, 2",
    "50, 10, 1000, 500, 2",
    "100, 20, 1000, 1500, 5",
    "20, 20, 1000, 200, 2",
    "2, 2, 1000, 60, 2"
  })
  void losesNothingAndTakesLittleLongerThanTheLimitNeeds(
      int perSecond, int burst, long retryAfter, int urls, int latency) {
    Limiter server = new Limiter(perSecond, burst, retryAfter, play.now());
    play.add("a", urls);

    long took = run(server, 16, latency * MILLI);

    assertThat(play.results()).hasSize(urls).allMatch(FetchResult::ok);
    double needed = (double) (urls - burst) / perSecond;
    assertThat(took / 1e9).isLessThan(1.5 * needed);
  }

  @Test
  void beginsWithOneRequestAndWaitsForItsResponse() {
    play.add("a", 20);
    List<Turn> crowd = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      crowd.add(play.next());
    }
    play.respond(crowd.removeFirst(), 200);
    crowd.forEach(turn -> play.holdBack(turn, 429, 1000));
    play.pass(SECOND);

    Turn probe = play.next();
    play.assertNoTurn();
    play.pass(10 * SECOND);
    play.assertNoTurn();
    play.respond(probe, 200);

    play.assertNoTurn();
    play.pass(250 * MILLI);
    play.next();
    play.assertNoTurn();
  }

  @Test
  void countsNoRetryWhereTheHostOnlyLimitsHowManyRequestsThereAre() {
    play.add("a", 2);
    Turn lucky = play.next();
    Turn late = play.next();
    play.respond(lucky, 200);

    play.holdBack(late, 429, 1000);
    play.pass(2 * SECOND);

    Turn again = play.next();
    assertThat(SimulatedSchedule.urlnum(again)).isEqualTo(1);
    assertThat(again.retries()).isEqualTo(1);
    assertThat(again.heldUp()).isEqualTo(1);
    play.holdBack(again, 429, 1000);
    play.pass(2 * SECOND);
    assertThat(play.next().heldUp()).as("it was the only request").isEqualTo(1);
  }

  @Test
  void countsRetriesWhereTheHostRefusesEverything() {
    play.add("a", 1);
    for (int i = 0; i < 3; i++) {
      play.holdBack(play.next(), 429, 1000);
      play.pass(5 * SECOND);
    }

    assertThat(play.results())
        .singleElement()
        .matches(result -> result.scheduling().retries() == 2);
  }

  @Test
  void endsTheListOfAHostThatRefusesEverythingAsFastAsWithoutPacing() {
    int urls = 160;
    play.add("a", urls);
    Limiter server = new Limiter(0, 0, 1000, play.now());

    long took = run(server, 16, MILLI);

    assertThat(play.results()).hasSize(urls).noneMatch(FetchResult::ok);
    assertThat(took / 1e9).isLessThan(3 + 3.0 * urls / 16 + 10);
  }
}
