package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.SECOND;
import static fetch.frontier.SimulatedSchedule.TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.FetchResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** When a host is given up and when it is not, under a clock that only the test turns. */
class DeadHostsTest {
  private static SimulatedSchedule play() {
    return new SimulatedSchedule(SimulatedSchedule.perHost(100), RetryPolicy.NEVER);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"DNS", "CONNECT", "TLS_HANDSHAKE", "TLS_CERTIFICATE", "TLS_PIN", "TIMEOUT"})
  void endsTheRestOfAHostAtOnceAfterTenFailuresInARow(FailureKind kind) {
    SimulatedSchedule play = play();
    play.add("dead", 1);
    play.add("other", 1);
    play.add("dead", 29);

    play.fail(play.next(), kind);
    play.respond(play.next(), 200);
    play.failNext(8, kind);
    assertThat(play.results()).hasSize(10);
    play.failNext(1, kind);

    assertThat(play.results()).hasSize(31);
    assertThat(play.results().subList(11, 31))
        .allSatisfy(result -> {
          assertThat(SimulatedSchedule.failure(result).kind()).isEqualTo(FailureKind.HOST_DOWN);
          assertThat(SimulatedSchedule.failure(result).message()).endsWith(": it broke");
          assertThat(result.attempt()).isNull();
        });
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void refusesWhatComesLaterToo() {
    SimulatedSchedule play = play();
    play.add("dead", 10);
    play.failNext(10, FailureKind.CONNECT);
    play.pass(29 * SECOND);

    play.add("dead", 100);

    assertThat(play.results()).hasSize(110);
    play.assertNoTurn();
  }

  @Test
  void sendsOneProbeEveryHalfMinuteUntilTheHostIsBack() {
    SimulatedSchedule play = play();
    play.add("dead", 10);
    play.failNext(10, FailureKind.TIMEOUT);

    play.pass(30 * SECOND);
    play.add("dead", 3);
    play.failNext(1, FailureKind.TIMEOUT);
    play.assertNoTurn();
    play.add("dead", 1);
    play.assertNoTurn();
    play.pass(30 * SECOND);
    play.add("dead", 3);
    play.respond(play.next(), 200);
    play.assertNoTurn();
    play.add("dead", 5);

    assertThat(play.results()).hasSize(10 + 3 + 1 + 3);
    assertThat(play.burst()).isEqualTo(5);
  }

  @Test
  void triesNoProbeAgain() {
    SimulatedSchedule play = new SimulatedSchedule(SimulatedSchedule.perHost(100), TWICE);
    play.add("dead", 10);
    for (int i = 0; i < 10; i++) {
      play.fail(play.next(), FailureKind.CONNECT);
    }
    play.results().clear();
    play.pass(30 * SECOND);
    play.add("dead", 1);

    play.fail(play.next(), FailureKind.CONNECT);

    assertThat(play.failures()).containsExactly(FailureKind.CONNECT);
  }

  @Test
  void endsThoseThatWaitForAnotherAttemptAtOnceAsTheyWere() {
    SimulatedSchedule play = new SimulatedSchedule(SimulatedSchedule.perHost(100), TWICE);
    play.add("dead", 15);

    play.failNext(10, FailureKind.CONNECT);

    assertThat(play.failures())
        .containsExactlyInAnyOrderElementsOf(
            concat(
                Collections.nCopies(10, FailureKind.CONNECT),
                Collections.nCopies(5, FailureKind.HOST_DOWN)));
    assertThat(play.schedule().isIdle()).isTrue();
    play.pass(60 * SECOND);
    play.assertNoTurn();
    assertThat(play.results()).hasSize(15);
  }

  private static List<FailureKind> concat(List<FailureKind> some, List<FailureKind> others) {
    List<FailureKind> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      mode = Mode.EXCLUDE,
      names = {"DNS", "CONNECT", "TLS_HANDSHAKE", "TLS_CERTIFICATE", "TLS_PIN", "TIMEOUT"})
  void givesNoHostUpForOtherFailures(FailureKind kind) {
    SimulatedSchedule play = play();
    play.add("a", 100);

    play.failNext(50, kind);

    assertThat(play.schedule().waiting()).isEqualTo(50);
  }

  @Test
  void countsFromZeroAfterAnyResponse() {
    SimulatedSchedule play = play();
    play.add("a", 100);

    play.failNext(9, FailureKind.CONNECT);
    play.respond(play.next(), 500);
    play.failNext(9, FailureKind.CONNECT);
    play.fail(play.next(), FailureKind.EMPTY_REPLY);
    play.failNext(9, FailureKind.CONNECT);

    assertThat(play.schedule().waiting()).isEqualTo(100 - 29);
  }

  /**
   * Its own exhaustion says nothing about the host: it neither counts nor makes up for failures.
   */
  @Test
  void neverTakesItsOwnExhaustionForADeadHost() {
    SimulatedSchedule play = play();
    play.add("a", 100);

    play.failNext(9, FailureKind.CONNECT);
    play.failNext(25, FailureKind.IO);
    play.failNext(25, FailureKind.DNS_TEMPORARY);
    assertThat(play.schedule().waiting()).isEqualTo(41);
    play.failNext(1, FailureKind.CONNECT);

    assertThat(play.schedule().waiting()).isZero();
  }

  @Test
  void blamesTheHostThatARedirectLeadsToAndNotTheOneItIsFrom() {
    SimulatedSchedule play = play();
    play.add("a", 100);
    List<Turn> hops = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      hops.add(play.redirect(play.next(), SimulatedSchedule.hop("b", "/" + i, 1)));
    }
    hops.forEach(hop -> play.fail(hop, FailureKind.CONNECT));
    assertThat(play.schedule().waiting()).as("a is well").isEqualTo(90);

    play.redirect(play.next(), SimulatedSchedule.hop("b", "/11", 1));

    FetchResult last = play.results().getLast();
    assertThat(SimulatedSchedule.failure(last).kind()).isEqualTo(FailureKind.HOST_DOWN);
    assertThat(last.attempt().requests().urlEffective()).isNotNull();
    assertThat(last.status()).isZero();
  }

  @Test
  void keepsTheServersAtOtherPortsOfADeadOne() {
    SimulatedSchedule play = play();
    play.add("a", 12);
    play.addAt("a", 8080);

    play.failNext(10, FailureKind.CONNECT);

    assertThat(play.next().request().target().port()).isEqualTo(8080);
  }

  @Test
  void givesUpOnNoHostIfAskedNotTo() {
    SimulatedSchedule play =
        new SimulatedSchedule(new Politeness(100, null, null, false), RetryPolicy.NEVER);
    play.add("dead", 30);

    play.failNext(30, FailureKind.CONNECT);

    assertThat(play.failures()).hasSize(30).containsOnly(FailureKind.CONNECT);
  }

  @Test
  void remembersAFailingHostThatHadNoEntriesForAWhile() {
    SimulatedSchedule play = play();
    for (int i = 0; i < 10; i++) {
      play.add("dead", 1);
      play.failNext(1, FailureKind.CONNECT);
      play.add("other" + i, 1);
      play.respond(play.next(), 200);
    }

    play.add("dead", 1);

    FetchResult last = play.results().getLast();
    assertThat(SimulatedSchedule.failure(last).kind()).isEqualTo(FailureKind.HOST_DOWN);
  }

  @Test
  void remembersOnlySoManyOfThem() {
    SimulatedSchedule play = play();
    play.add("dead", 10);
    play.failNext(10, FailureKind.CONNECT);
    for (int i = 0; i < 70_000; i++) {
      play.add("other" + i, 1);
      play.failNext(1, FailureKind.CONNECT);
    }

    play.add("dead", 1);

    assertThat(play.next().retries()).isZero();
  }

  @Test
  void triesAHostThatComesBackDuringTheBackOff() {
    SimulatedSchedule play =
        new SimulatedSchedule(
            SimulatedSchedule.perHost(100),
            new RetryPolicy(1, Duration.ofSeconds(40), Duration.ofMinutes(5), false, () -> 1));
    play.add("a", 9);
    play.failNext(9, FailureKind.CONNECT);
    play.pass(40 * SECOND);

    play.respond(play.next(), 200);

    assertThat(play.burst()).isEqualTo(8);
  }
}
