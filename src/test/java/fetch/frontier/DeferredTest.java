package fetch.frontier;

import static fetch.frontier.Rehearsal.MILLI;
import static fetch.frontier.Rehearsal.SECOND;
import static fetch.frontier.Rehearsal.TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.FetchResult;
import fetch.Onward;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redirects that are to be followed later: RFC 9110, section 10.2.3. */
class DeferredTest {
  private static final Onward ONWARD = new Onward("http://a/next", "GET", 1);

  private final Rehearsal play = new Rehearsal(Politeness.NONE, TWICE);

  @Test
  void areFollowedWhenTheirServerWishesTo() {
    play.add("a", 1);

    play.defer(play.next(), ONWARD, 5000);

    play.pass(4999 * MILLI);
    play.assertNoTurn();
    play.pass(MILLI);
    Turn second = play.next();
    assertThat(second.request().onward()).isEqualTo(ONWARD);
    assertThat(second.retries()).isZero();
    assertThat(second.queueNanos()).isEqualTo(5 * SECOND);
    play.answer(second, 200);
    assertThat(play.results()).singleElement().matches(FetchResult::ok);
    assertThat(play.schedule().isIdle()).isTrue();
  }

  @Test
  void waitNoLongerThanRetriesMay() {
    play.add("a", 1);

    play.defer(play.next(), ONWARD, Long.MAX_VALUE);

    play.pass(120 * SECOND - 1);
    play.assertNoTurn();
    play.pass(1);
    play.answer(play.next(), 200);
    assertThat(play.results()).singleElement().matches(FetchResult::ok);
  }

  @Test
  void areAskedForAgainFromTheBeginningWhenTheyLedToAFailure() {
    play.add("a", 1);
    play.defer(play.next(), ONWARD, 1000);
    play.pass(SECOND);

    play.answer(play.next(), 503);
    play.pass(20 * SECOND);

    Turn third = play.next();
    assertThat(third.request().onward()).isNull();
    assertThat(third.retries()).isEqualTo(1);
  }

  @Test
  void endWhenTheHostIsDown() {
    RetryPolicy none =
        new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofMinutes(2), false, () -> 0);
    Rehearsal watched = new Rehearsal(Rehearsal.perHost(100), none);
    watched.add("a", 11);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      turns.add(watched.next());
    }
    watched.defer(turns.removeFirst(), ONWARD, 5000);

    turns.forEach(turn -> watched.fail(turn, FailureKind.CONNECT));

    assertThat(watched.failures()).contains(FailureKind.HOST_DOWN);
    assertThat(watched.schedule().isIdle()).isTrue();
  }

  @Test
  void endWhenTheRunStops() {
    play.add("a", 1);
    play.defer(play.next(), ONWARD, 5000);

    play.stop(FailureKind.INTERRUPTED);

    assertThat(play.failures()).containsExactly(FailureKind.INTERRUPTED);
    assertThat(play.results().getFirst().status()).isEqualTo(302);
  }
}
