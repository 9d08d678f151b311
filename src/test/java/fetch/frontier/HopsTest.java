package fetch.frontier;

import static fetch.frontier.SimulatedSchedule.MILLI;
import static fetch.frontier.SimulatedSchedule.SECOND;
import static fetch.frontier.SimulatedSchedule.TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.FetchResult;
import fetch.Hop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redirects: each is a turn at the host that it leads to. */
class HopsTest {
  private static final Hop NEXT = SimulatedSchedule.hop("a", "/next", 1);

  private final SimulatedSchedule play = new SimulatedSchedule(Politeness.NONE, TWICE);

  @Test
  void areFollowedWhenTheirServerWishesTo() {
    play.add("a", 1);

    play.redirectLater(play.next(), NEXT, 5000);

    play.pass(4999 * MILLI);
    play.assertNoTurn();
    play.pass(MILLI);
    Turn second = play.next();
    assertThat(second.request().hop()).isEqualTo(NEXT);
    assertThat(second.retries()).isZero();
    assertThat(second.queueNanos()).isEqualTo(5 * SECOND);
    play.respond(second, 200);
    assertThat(play.results()).singleElement().matches(FetchResult::ok);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void waitForTheirServersWishAtAnotherHostToo() {
    play.add("a", 1);

    play.redirectLater(play.next(), SimulatedSchedule.hop("b", "/", 1), 5000);

    play.pass(4999 * MILLI);
    play.assertNoTurn();
    play.pass(MILLI);
    assertThat(SimulatedSchedule.host(play.next())).isEqualTo("b");
  }

  @Test
  void endAtOnceAtAServerThatIsDownAndLeaveItsOtherPortsAlone() {
    SimulatedSchedule watched =
        new SimulatedSchedule(SimulatedSchedule.perHost(100), RetryPolicy.NEVER);
    watched.add("b", 10);
    watched.failNext(10, FailureKind.CONNECT);
    watched.pass(11 * SECOND);
    watched.add("a", 1);
    Turn from = watched.next();
    watched.addAt("b", 81);

    assertThat(watched.redirect(from, SimulatedSchedule.hop("b", "/", 1))).isNull();

    assertThat(watched.failures()).last().isEqualTo(FailureKind.HOST_DOWN);
    watched.respond(watched.next(), 200);
    assertThat(watched.results()).last().matches(FetchResult::ok);
    assertThat(watched.schedule().isIdle()).isTrue();
  }

  @Test
  void waitNoLongerThanRetriesMay() {
    play.add("a", 1);

    play.redirectLater(play.next(), NEXT, Long.MAX_VALUE);

    play.pass(120 * SECOND - 1);
    play.assertNoTurn();
    play.pass(1);
    play.respond(play.next(), 200);
    assertThat(play.results()).singleElement().matches(FetchResult::ok);
  }

  @Test
  void areAskedForAgainFromTheBeginningWhenTheyLedToAFailure() {
    play.add("a", 1);
    play.redirectLater(play.next(), NEXT, 1000);
    play.pass(SECOND);

    play.respond(play.next(), 503);
    play.pass(20 * SECOND);

    Turn third = play.next();
    assertThat(third.request().hop()).isNull();
    assertThat(third.retries()).isEqualTo(1);
  }

  @Test
  void endWhenTheHostIsDown() {
    RetryPolicy none =
        new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofMinutes(2), false, () -> 0);
    SimulatedSchedule watched = new SimulatedSchedule(SimulatedSchedule.perHost(100), none);
    watched.add("a", 11);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      turns.add(watched.next());
    }
    watched.redirectLater(turns.removeFirst(), NEXT, 5000);

    turns.forEach(turn -> watched.fail(turn, FailureKind.CONNECT));

    assertThat(watched.failures()).contains(FailureKind.HOST_DOWN);
    assertThat(watched.schedule().isIdle()).isTrue();
  }

  @Test
  void endWhenTheRunStops() {
    play.add("a", 1);
    play.redirectLater(play.next(), NEXT, 5000);

    play.stop(FailureKind.INTERRUPTED);

    assertThat(play.failures()).containsExactly(FailureKind.INTERRUPTED);
    assertThat(play.results().getFirst().status()).isEqualTo(302);
  }

  private static SimulatedSchedule play(Politeness politeness) {
    return new SimulatedSchedule(politeness, TWICE);
  }

  @Test
  void goOnAtOnceWhereTheirTargetMayBeRequested() {
    play.add("a", 2);

    Turn hop = play.redirect(play.next(), SimulatedSchedule.hop("b", "/", 1));

    assertThat(hop).isNotNull();
    assertThat(SimulatedSchedule.host(hop)).isEqualTo("b");
    assertThat(SimulatedSchedule.urlnum(hop)).isZero();
    assertThat(hop.retries()).isZero();
    play.respond(hop, 200);
    assertThat(play.results()).singleElement().matches(FetchResult::ok);
  }

  @Test
  void keepTheLimitOfTheHostThatTheyLeadTo() {
    SimulatedSchedule one = play(SimulatedSchedule.perHost(1));
    for (int i = 0; i < 20; i++) {
      one.add("from" + i, 1);
    }
    List<Turn> atTarget = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Turn hop = one.redirect(one.next(), SimulatedSchedule.hop("to", "/" + i, 1));
      if (hop != null) {
        atTarget.add(hop);
      }
    }
    assertThat(atTarget).hasSize(1);
    one.assertNoTurn();

    one.respond(atTarget.getFirst(), 200);

    assertThat(SimulatedSchedule.host(one.next())).isEqualTo("to");
    one.assertNoTurn();
  }

  @Test
  void takeANameWithADotAtItsEndForTheSameHost() {
    SimulatedSchedule one = play(SimulatedSchedule.perHost(1));
    one.add("a", 1);
    one.add("a.", 1);

    Turn first = one.next();
    one.assertNoTurn();
    one.respond(first, 200);
    one.respond(one.next(), 200);

    assertThat(one.results()).hasSize(2);
    assertThat(one.schedule().isIdle()).isTrue();
  }

  @Test
  void keepTheRates() {
    Rate perSecond = new Rate(1, Duration.ofSeconds(1));
    for (Politeness politeness :
        List.of(
            new Politeness(100, perSecond, null, true),
            new Politeness(100, null, perSecond, true))) {
      SimulatedSchedule slow = play(politeness);
      slow.add("a", 1);

      assertThat(slow.redirect(slow.next(), SimulatedSchedule.hop("a", "/next", 1))).isNull();

      slow.assertNoTurn();
      slow.pass(SECOND);
      Turn hop = slow.next();
      assertThat(hop.request().hop()).isNotNull();
      assertThat(hop.queueNanos()).isEqualTo(SECOND);
    }
  }

  @Test
  void waitForAHostThatAskedToBeLeftAlone() {
    play.add("to", 1);
    play.holdBack(play.next(), 503, 5000);
    play.add("from", 1);

    assertThat(play.redirect(play.next(), SimulatedSchedule.hop("to", "/", 1))).isNull();

    play.pass(4999 * MILLI);
    play.assertNoTurn();
    play.pass(MILLI);
    play.respond(play.next(), 200);
    play.pass(SECOND);
    play.respond(play.next(), 200);
    assertThat(play.results()).hasSize(2).allMatch(FetchResult::ok);
  }

  @Test
  void goBeforeEntriesThatWaitForTheSameHost() {
    SimulatedSchedule one = play(SimulatedSchedule.perHost(1));
    one.add("from", 1);
    one.add("to", 3);
    Turn from = one.next();
    Turn busy = one.next();
    assertThat(one.redirect(from, SimulatedSchedule.hop("to", "/", 1))).isNull();

    one.respond(busy, 200);

    assertThat(SimulatedSchedule.urlnum(one.next())).isZero();
  }

  @Test
  void endAtOnceWhenTheRunIsStopped() {
    play.add("a", 1);
    Turn turn = play.next();
    play.stop(FailureKind.DEADLINE);

    assertThat(play.redirect(turn, NEXT)).isNull();

    assertThat(play.failures()).containsExactly(FailureKind.DEADLINE);
    assertThat(play.schedule().isIdle()).isTrue();
  }
}
