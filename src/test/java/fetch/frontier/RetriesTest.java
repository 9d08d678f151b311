package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.MILLI;
import static fetch.frontier.SimulatedSchedule.SECOND;
import static fetch.frontier.SimulatedSchedule.TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tried again and when, under a clock that only the test turns. */
class RetriesTest {
  private static final RetryPolicy ALL_ERRORS =
      new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofMinutes(1), true, () -> 0.5);

  @Test
  void comesBackAfterABackOffThatDoubles() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);
    play.add("a", 1);

    play.respond(play.next(), 503);
    play.assertNoTurn();
    assertThat(play.delay()).isEqualTo(500 * MILLI);
    play.pass(500 * MILLI);
    Turn second = play.next();
    assertThat(second.retries()).isEqualTo(1);
    assertThat(second.queueNanos()).isEqualTo(500 * MILLI);
    play.respond(second, 503);
    assertThat(play.delay()).isEqualTo(SECOND);
    play.pass(SECOND);
    assertThat(play.results()).isEmpty();
    play.respond(play.next(), 503);

    assertThat(play.failures()).containsExactly(FailureKind.HTTP_STATUS);
    assertThat(play.results().getFirst().scheduling().retries()).isEqualTo(2);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void tellsOfTheRetriesOfASuccessToo() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);
    play.add("a", 1);
    play.fail(play.next(), FailureKind.RESET);
    play.pass(SECOND);
    play.respond(play.next(), 200);

    assertThat(play.results()).hasSize(1);
    assertThat(play.results().getFirst().ok()).isTrue();
    assertThat(play.results().getFirst().scheduling().retries()).isEqualTo(1);
  }

  @Test
  void spreadsRetriesOverTheWholeBackOff() {
    Random random = new Random(1);
    RetryPolicy policy =
        new RetryPolicy(9, Duration.ofSeconds(1), Duration.ofHours(1), false, random::nextDouble);
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      long wait = policy.waitNanos(2);
      assertThat(wait).isBetween(0L, 4 * SECOND);
      sum += wait;
    }

    assertThat(sum / 1000).isBetween(1.8 * SECOND, 2.2 * SECOND);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1", "1, 5, 32", "1, 6, 60", "1, 999, 60", "90, 0, 90", "90, 3, 90"})
  void backsOffForAMinuteAtMostUnlessAskedTo(long delay, int retries, long expected) {
    RetryPolicy policy =
        new RetryPolicy(
            1000, Duration.ofSeconds(delay), Duration.ofHours(1), false, () -> 1 - 1e-15);

    assertThat(policy.waitNanos(retries)).isBetween(expected * SECOND - MILLI, expected * SECOND);
  }

  @Test
  void givesOutOtherEntriesDuringABackOff() {
    SimulatedSchedule play = new SimulatedSchedule(SimulatedSchedule.perHost(1), TWICE);
    play.add("a", 2);

    play.fail(play.next(), FailureKind.CONNECT);

    assertThat(SimulatedSchedule.urlnum(play.next())).isEqualTo(1);
  }

  private static boolean retries(RetryPolicy policy, FailureKind kind) {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, policy);
    play.add("a", 1);
    play.fail(play.next(), kind);
    return play.results().isEmpty();
  }

  @Test
  void retriesWhatMayPassAndNothingElse() {
    Set<FailureKind> retried = EnumSet.noneOf(FailureKind.class);
    for (FailureKind kind : FailureKind.values()) {
      if (kind != FailureKind.HTTP_STATUS && retries(TWICE, kind)) {
        retried.add(kind);
      }
    }

    assertThat(retried)
        .containsExactlyInAnyOrder(
            FailureKind.DNS,
            FailureKind.DNS_TEMPORARY,
            FailureKind.CONNECT,
            FailureKind.TIMEOUT,
            FailureKind.RESET,
            FailureKind.EMPTY_REPLY);
  }

  @Test
  void retriesEverythingElseIfAskedToButWhatTheRunItselfEnded() {
    Set<FailureKind> spared = EnumSet.noneOf(FailureKind.class);
    for (FailureKind kind : FailureKind.values()) {
      if (kind != FailureKind.HTTP_STATUS && !retries(ALL_ERRORS, kind)) {
        spared.add(kind);
      }
    }

    assertThat(spared)
        .containsExactlyInAnyOrder(
            FailureKind.INTERRUPTED,
            FailureKind.INTERNAL,
            FailureKind.DEADLINE,
            FailureKind.HOST_DOWN,
            FailureKind.REFUSED,
            FailureKind.PROXY,
            FailureKind.ROBOTS,
            FailureKind.INVALID_URL,
            FailureKind.UNSUPPORTED_SCHEME);
  }

  private static Set<Integer> retriedStatuses(RetryPolicy policy) {
    Set<Integer> retried = new HashSet<>();
    for (int status = 100; status < 600; status++) {
      SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, policy);
      play.add("a", 1);
      play.respond(play.next(), status);
      if (play.results().isEmpty()) {
        retried.add(status);
      }
    }
    return retried;
  }

  @Test
  void retriesTheStatusesThatPassAndNoOthers() {
    assertThat(retriedStatuses(TWICE)).containsExactlyInAnyOrder(408, 429, 500, 502, 503, 504);
    assertThat(retriedStatuses(ALL_ERRORS)).contains(404, 410, 501).doesNotContain(200, 301);
  }

  @ParameterizedTest
  @CsvSource({"GET, 1", "HEAD, 1", "POST, 0", "PUT, 0", "DELETE, 0", "OPTIONS, 0", "get, 0"})
  void repeatsOnlyWhatReads(String method, int retries) {
    FetchRequest request = Sample.request(0);
    FetchResult.Failure failure = new FetchResult.Failure(FailureKind.CONNECT, "it broke");
    FetchResult result =
        new FetchResult(request, method, failure, Sample.responded(request, 0), 0, 0);

    assertThat(TWICE.repeats(result, 0)).isEqualTo(retries > 0);
    assertThat(ALL_ERRORS.repeats(result, 0)).isEqualTo(retries > 0);
  }

  @Test
  void startsNoRetryAfterItsTime() {
    RetryPolicy patient =
        new RetryPolicy(50, Duration.ofSeconds(1), Duration.ofSeconds(10), false, () -> 1);
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, patient);
    play.add("a", 1);
    long begin = play.now();
    while (play.results().isEmpty()) {
      Turn turn = play.next();
      assertThat(play.now() - begin).isLessThanOrEqualTo(10 * SECOND);
      play.respond(turn, 500);
      play.pass(Math.min(play.delay(), 60 * SECOND));
    }

    assertThat(play.results().getFirst().scheduling().retries()).isEqualTo(3);
  }

  @Test
  void startsARetryAtTheLastMomentOfItsTime() {
    RetryPolicy hurried =
        new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofMillis(500), false, () -> 0.5);
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, hurried);
    play.add("a", 1);
    play.respond(play.next(), 503);

    play.pass(500 * MILLI);
    play.respond(play.next(), 200);

    assertThat(play.results()).singleElement().matches(FetchResult::ok);
  }

  @Test
  void startsNoRetryThatItsHostsLimitHasMadeTooLate() {
    SimulatedSchedule play = new SimulatedSchedule(SimulatedSchedule.perHost(1), TWICE);
    play.add("a", 2);
    play.fail(play.next(), FailureKind.RESET);
    Turn slow = play.next();
    play.pass(121 * SECOND);
    play.assertNoTurn();

    play.respond(slow, 200);
    play.assertNoTurn();

    assertThat(SimulatedSchedule.failure(play.results().getLast()).kind())
        .isEqualTo(FailureKind.RESET);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void holdsTheWholeHostBackAfterRetryAfter() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);
    play.add("a", 3);
    play.add("b", 1);

    play.holdBack(play.next(), 429, 5000);

    assertThat(SimulatedSchedule.host(play.next())).isEqualTo("b");
    play.assertNoTurn();
    play.pass(4999 * MILLI);
    play.assertNoTurn();
    play.pass(MILLI);
    List<Long> urlnums = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Turn turn = play.next();
      urlnums.add(SimulatedSchedule.urlnum(turn));
      play.respond(turn, 200);
      play.pass(SECOND);
    }
    assertThat(urlnums).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void doesNotCutAHoldShort() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);
    play.add("a", 3);
    Turn first = play.next();
    Turn second = play.next();

    play.holdBack(first, 200, 60_000);
    play.holdBack(second, 200, 1000);

    play.pass(59 * SECOND);
    play.assertNoTurn();
    play.pass(SECOND);
    play.next();
  }

  @Test
  void survivesAbsurdWishes() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);
    play.add("a", 2);
    Turn first = play.next();
    play.pass(MILLI);

    play.holdBack(first, 503, Long.MAX_VALUE);

    assertThat(play.results()).as("no retry could come in time").hasSize(1);
    assertThat(play.delay()).isEqualTo(120 * SECOND);
    play.pass(120 * SECOND);
    assertThat(SimulatedSchedule.urlnum(play.next())).isEqualTo(1);
  }

  @Test
  void endsWhatWaitsForAnotherAttemptWhenTheRunStops() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);
    play.add("a", 4);
    play.respond(play.next(), 503);
    play.holdBack(play.next(), 503, 400);
    play.pass(500 * MILLI);
    play.schedule().next(play.now());
    assertThat(play.schedule().waiting()).isEqualTo(3);

    play.stop(FailureKind.DEADLINE);

    assertThat(play.failures()).containsOnly(FailureKind.DEADLINE);
    FetchResult result = play.results().getFirst();
    assertThat(result.status()).isEqualTo(503);
    assertThat(SimulatedSchedule.failure(result).message())
        .isEqualTo(
            "the deadline of the run was reached before its next request; last attempt:"
                + " the server returned 503");
    assertThat(play.results().size() + play.schedule().waiting()).isEqualTo(3);
  }

  @Test
  void triesNothingAgainOnceTheRunIsStopped() {
    SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);
    play.add("a", 3);
    Turn turn = play.next();
    play.stop(FailureKind.INTERRUPTED);

    play.respond(turn, 503);

    assertThat(play.failures()).containsExactly(FailureKind.HTTP_STATUS);
    assertThat(play.schedule().waiting()).as("never begun").isEqualTo(2);
  }
}
