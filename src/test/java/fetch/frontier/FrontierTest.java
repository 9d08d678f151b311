package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.Entry;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.FakeClock;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Hop;
import fetch.Outcome;
import fetch.Sample;
import fetch.Target;
import fetch.output.RecordingSink;
import fetch.robots.RobotsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrontierTest {
  private static final int WINDOW = 8;
  private static final Verdict VERDICT = new Verdict("HEAD", StatusSet.parse("200-399"));

  private final FakeClock clock = new FakeClock();
  private final RecordingSink sink = new RecordingSink();
  private final Frontier frontier =
      new Frontier(
          clock, VERDICT, Politeness.NONE, RetryPolicy.NEVER, sink, WINDOW, () -> Long.MAX_VALUE);
  private final AtomicInteger taken = new AtomicInteger(-1);

  private Thread offerOnThread(List<Entry> entries) {
    return Thread.ofPlatform()
        .daemon()
        .name("offer")
        .start(() -> taken.set(frontier.offer(entries)));
  }

  private void settle(Turn turn) {
    frontier.settle(turn, Sample.responded(turn.request(), 200));
  }

  @Test
  void givesRequestsOutInTheOrderTheyCame() throws InterruptedException {
    frontier.offer(Sample.requests(0, 3));
    frontier.endOfInput();

    for (long i = 0; i < 3; i++) {
      Turn turn = frontier.take();
      assertThat(turn.request()).isEqualTo(Sample.request(i));
      settle(turn);
    }
    assertThat(frontier.take()).isNull();
  }

  @Test
  void settlesABadLineAtOnceWithoutATurn() throws InterruptedException {
    assertThat(frontier.offer(List.of(Sample.badLine(0)))).isEqualTo(1);
    frontier.endOfInput();

    assertThat(frontier.take()).isNull();
    FetchResult result = sink.results().getFirst();
    assertThat(result.entry()).isEqualTo(Sample.badLine(0));
    assertThat(result.failure().kind()).isEqualTo(FailureKind.INVALID_URL);
    assertThat(result.attempt()).isNull();
    assertThat(result.status()).isZero();
    assertThat(result.method()).isEqualTo("HEAD");
  }

  @Test
  void takesNoMoreThanAWindowOfEntriesUntilSomeHaveBegun() throws Exception {
    Thread offering = offerOnThread(Sample.requests(0, 2 * WINDOW));

    Eventually.waits(offering);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 2 * WINDOW; i++) {
      turns.add(frontier.take());
    }
    offering.join();

    assertThat(taken).hasValue(2 * WINDOW);
    assertThat(turns).extracting(turn -> turn.request().urlnum()).isSorted().hasSize(2 * WINDOW);
  }

  @Test
  void neverHoldsMoreThanItsWindow() {
    Thread offering = offerOnThread(Sample.requests(0, 10 * WINDOW));

    Eventually.waits(offering);

    assertThat(frontier.notReached()).isEqualTo(WINDOW);
    frontier.stop(FailureKind.INTERRUPTED);
  }

  @Test
  void worksWithAWindowOfOne() throws Exception {
    Frontier narrow =
        new Frontier(
            clock, VERDICT, Politeness.NONE, RetryPolicy.NEVER, sink, 1, () -> Long.MAX_VALUE);
    Thread offering = Thread.ofPlatform().start(() -> narrow.offer(Sample.requests(0, 50)));

    Eventually.waits(offering);
    for (long i = 0; i < 50; i++) {
      assertThat(narrow.take().request().urlnum()).isEqualTo(i);
    }
    offering.join();
  }

  @Test
  void letsSeveralThreadsOfferWithoutForgettingOne() throws Exception {
    Thread one = offerOnThread(Sample.requests(0, 5 * WINDOW));
    Thread other = offerOnThread(Sample.requests(5 * WINDOW, 5 * WINDOW));

    for (int i = 0; i < 10 * WINDOW; i++) {
      settle(frontier.take());
    }
    one.join();
    other.join();

    assertThat(sink.urlnums()).hasSize(10 * WINDOW).doesNotHaveDuplicates();
  }

  @Test
  void saysHowLongARequestWaited() throws InterruptedException {
    frontier.offer(Sample.requests(0, 1));
    clock.advanceMillis(250);
    frontier.offer(Sample.requests(1, 1));
    clock.advanceMillis(50);

    assertThat(frontier.take().queueNanos()).isEqualTo(300_000_000);
    settle(frontier.take());

    assertThat(sink.results().getFirst().scheduling().queueNanos()).isEqualTo(50_000_000);
  }

  @Test
  void makesAResultOfATurnAndItsAttempt() throws InterruptedException {
    frontier.offer(Sample.requests(0, 1));
    Turn turn = frontier.take();
    Attempt attempt = Sample.responded(turn.request(), 404);

    frontier.settle(turn, attempt);

    FetchResult result = sink.results().getFirst();
    assertThat(result.entry()).isSameAs(turn.request());
    assertThat(result.attempt()).isSameAs(attempt);
    assertThat(result.ok()).isFalse();
    assertThat(result.status()).isEqualTo(404);
    assertThat(result.scheduling().retries()).isZero();
  }

  private Frontier real(Politeness politeness, RetryPolicy retries) {
    return new Frontier(
        Clock.system(), VERDICT, politeness, retries, sink, WINDOW, () -> Long.MAX_VALUE);
  }

  private static List<Entry> of(String host, long first, int count) {
    List<Entry> requests = new ArrayList<>();
    for (long n = first; n < first + count; n++) {
      String url = "http://" + host + "/" + n;
      requests.add(new FetchRequest(n, url, new Target(url, url, host, 80)));
    }
    return requests;
  }

  @Test
  void readsOnWhileWorkersStarveBecauseOfTheHostsInTheWindow() throws Exception {
    Frontier polite = real(SimulatedSchedule.perHost(1), RetryPolicy.NEVER);
    List<Entry> sorted = new ArrayList<>(of("a", 0, 5 * WINDOW));
    sorted.addAll(of("b", 5 * WINDOW, 5 * WINDOW));
    sorted.addAll(of("c", 10 * WINDOW, 5 * WINDOW));
    Thread offering = Thread.ofPlatform().daemon().start(() -> polite.offer(sorted));

    Turn first = polite.take();
    Eventually.holds("a window is held", () -> polite.notReached() >= WINDOW - 1);
    assertThat(polite.notReached()).as("no worker starves yet").isLessThanOrEqualTo(WINDOW);
    Turn second = polite.take();
    Turn third = polite.take();
    polite.stop(FailureKind.INTERRUPTED);
    offering.join();

    assertThat(List.of(first, second, third))
        .extracting(SimulatedSchedule::host)
        .containsExactly("a", "b", "c");
  }

  @Test
  void holdsAtMostFiftyThousandEntriesHoweverManyWorkersStarve() throws Exception {
    Frontier polite = real(SimulatedSchedule.perHost(1), RetryPolicy.NEVER);
    Thread offering =
        Thread.ofPlatform().daemon().name("offer").start(() -> polite.offer(of("a", 0, 60_000)));
    Turn first = polite.take();
    Thread starving = Thread.ofPlatform().daemon().start(() -> takeOne(polite));

    Eventually.holds("50,000 are held", () -> polite.notReached() == 50_000);
    Eventually.waits(offering);
    assertThat(polite.notReached()).isEqualTo(50_000);
    polite.settle(first, Sample.responded(first.request(), 200));
    starving.join();
    polite.stop(FailureKind.INTERRUPTED);
    offering.join();
  }

  private static void takeOne(Frontier frontier) {
    try {
      assertThat(frontier.take()).isNotNull();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void wakesAWorkerWhenABackOffIsOver() throws InterruptedException {
    RetryPolicy soon =
        new RetryPolicy(1, Duration.ofMillis(50), Duration.ofMinutes(1), false, () -> 1);
    Frontier retrying = real(Politeness.NONE, soon);
    retrying.offer(Sample.requests(0, 1));
    retrying.endOfInput();
    Turn first = retrying.take();
    retrying.settle(first, Sample.responded(first.request(), 503));

    Turn again = retrying.take();

    assertThat(again.request()).isEqualTo(first.request());
    assertThat(again.retries()).isEqualTo(1);
    assertThat(again.queueNanos()).isGreaterThanOrEqualTo(50_000_000);
  }

  @Test
  void wakesAWorkerThatWaitsForALaterMomentWhenAnEarlierOneComes() throws Exception {
    Iterator<Double> waits = List.of(1000.0, 1.0).iterator(); // 50 s and 50 ms
    RetryPolicy uneven =
        new RetryPolicy(1, Duration.ofMillis(50), Duration.ofHours(1), false, waits::next);
    Frontier retrying = real(Politeness.NONE, uneven);
    retrying.offer(Sample.requests(0, 2));
    Turn late = retrying.take();
    Turn early = retrying.take();
    retrying.settle(late, Sample.responded(late.request(), 503));
    List<Turn> turns = new CopyOnWriteArrayList<>();
    Thread watching = Thread.ofPlatform().daemon().start(() -> takeInto(turns, retrying));
    Eventually.holds("it waits", () -> watching.getState() == Thread.State.TIMED_WAITING);

    retrying.settle(early, Sample.responded(early.request(), 503));
    watching.join();

    assertThat(turns).extracting(Turn::request).containsExactly(early.request());
  }

  private static void takeInto(List<Turn> turns, Frontier frontier) {
    try {
      turns.add(frontier.take());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void doesNotEndWhileSomethingMayHaveToBeTriedAgain() throws Exception {
    Frontier retrying = real(Politeness.NONE, SimulatedSchedule.TWICE);
    retrying.offer(Sample.requests(0, 1));
    retrying.endOfInput();
    Turn only = retrying.take();
    Thread other = Thread.ofPlatform().daemon().name("other").start(() -> takeOne(retrying));
    Eventually.waits(other);

    retrying.settle(only, Sample.responded(only.request(), 503));
    other.join();

    assertThat(sink.results()).isEmpty();
  }

  @Test
  void handsOverWhatWaitedForAnotherAttemptWhenItIsStopped() throws Exception {
    Frontier retrying = real(Politeness.NONE, SimulatedSchedule.TWICE);
    retrying.offer(Sample.requests(0, 2));
    Turn first = retrying.take();
    retrying.settle(first, Sample.responded(first.request(), 503));

    retrying.stop(FailureKind.DEADLINE);

    assertThat(retrying.take()).isNull();
    assertThat(sink.urlnums()).containsExactly(0L);
    assertThat(sink.results().getFirst().failure().kind()).isEqualTo(FailureKind.DEADLINE);
    assertThat(retrying.notReached()).isEqualTo(1);
  }

  @Test
  void givesOutNothingOnceItIsStopped() throws InterruptedException {
    frontier.offer(Sample.requests(0, 3));
    Turn begun = frontier.take();

    frontier.stop(FailureKind.INTERRUPTED);

    assertThat(frontier.take()).isNull();
    assertThat(frontier.notReached()).isEqualTo(2);
    settle(begun);
    assertThat(sink.urlnums()).containsExactly(0L);
  }

  @Test
  void takesNothingInOnceItIsStopped() {
    frontier.stop(FailureKind.INTERRUPTED);

    assertThat(frontier.offer(List.of(Sample.badLine(0), Sample.request(1)))).isZero();
    assertThat(sink.results()).isEmpty();
    assertThat(frontier.notReached()).isZero();
  }

  @Test
  void saysHowManyItTookWhenItIsStoppedMeanwhile() throws InterruptedException {
    Thread offering = offerOnThread(Sample.requests(0, WINDOW + 5));
    Eventually.waits(offering);

    frontier.stop(FailureKind.INTERRUPTED);
    offering.join();

    assertThat(taken).hasValue(WINDOW);
    assertThat(frontier.notReached()).isEqualTo(WINDOW);
  }

  @Test
  void endsTheEntryWhoseExchangeThrew() throws InterruptedException {
    frontier.offer(Sample.requests(0, 1));
    frontier.endOfInput();
    Turn turn = frontier.take();

    frontier.settle(turn, new IllegalStateException("it threw"));

    FetchResult result = sink.results().getFirst();
    assertThat(result.entry()).isSameAs(turn.request());
    assertThat(SimulatedSchedule.failure(result))
        .isEqualTo(
            new FetchResult.Failure(
                FailureKind.INTERNAL, "a bug in fetch: java.lang.IllegalStateException: it threw"));
    assertThat(frontier.take()).isNull();
  }

  @Test
  void returnsTheTurnOfARedirectThatMayBeFollowedAtOnce() throws InterruptedException {
    frontier.offer(Sample.requests(0, 1));
    Turn turn = frontier.take();
    Hop hop = SimulatedSchedule.hop("b", "/next", 1);

    Turn next =
        frontier.settle(turn, Sample.attempt(turn.request(), new Outcome.Redirected(302, hop)));

    assertThat(next.request().requested().url()).isEqualTo("http://b/next");
    settle(next);
    assertThat(sink.urlnums()).containsExactly(0L);
  }

  @Test
  void obeysRobotsTxt() throws InterruptedException {
    RobotsReader robots = new RobotsReader("fetch/1");
    Frontier polite = real(new Politeness(100, null, null, true, robots), RetryPolicy.NEVER);
    polite.offer(of("a", 0, 3));
    polite.endOfInput();
    Turn robotsTxt = polite.take();
    Attempt plain = Sample.responded(robotsTxt.request(), 200);

    polite.settle(robotsTxt, Sample.carrying(plain, "User-agent: *\nDisallow: /1\n"));

    assertThat(sink.urlnums()).containsExactly(1L);
    assertThat(SimulatedSchedule.failure(sink.results().getFirst()).kind())
        .isEqualTo(FailureKind.ROBOTS);
    assertThat(List.of(polite.take(), polite.take()))
        .extracting(turn -> turn.request().urlnum())
        .containsExactly(0L, 2L);
  }
}
