package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Entry;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.FakeClock;
import fetch.FetchResult;
import fetch.Sample;
import fetch.output.RecordingSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrontierTest {
  private static final int WINDOW = 8;
  private static final Verdict VERDICT = new Verdict("HEAD", StatusSet.parse("200-399"));

  private final FakeClock clock = new FakeClock();
  private final RecordingSink sink = new RecordingSink();
  private final AtomicLong horizon = new AtomicLong(Long.MAX_VALUE);
  private final Frontier frontier = new Frontier(clock, VERDICT, sink, WINDOW, horizon::get);
  private final AtomicInteger taken = new AtomicInteger(-1);

  private Thread offerOnThread(List<Entry> entries) {
    return Thread.ofPlatform()
        .daemon()
        .name("offer")
        .start(() -> taken.set(frontier.offer(entries)));
  }

  private void settle(Turn turn) {
    frontier.settle(turn, Sample.answered(turn.request(), 200));
  }

  @Test
  void givesRequestsOutInTheOrderTheyCame() throws InterruptedException {
    frontier.offer(Sample.requests(0, 3));
    frontier.endOfInput();

    for (long i = 0; i < 3; i++) {
      assertThat(frontier.take().request()).isEqualTo(Sample.request(i));
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
    frontier.stop();
  }

  @Test
  void worksWithAWindowOfOne() throws Exception {
    Frontier narrow = new Frontier(clock, VERDICT, sink, 1, () -> Long.MAX_VALUE);
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
  void takesNothingFromBeyondTheHorizonUntilAResultHasMovedIt() throws Exception {
    horizon.set(2);
    Thread offering = offerOnThread(Sample.requests(0, 4));
    Eventually.waits(offering);
    assertThat(frontier.notReached()).isEqualTo(2);

    Turn first = frontier.take();
    horizon.set(3);
    settle(first);
    Eventually.holds("the third is in", () -> frontier.notReached() == 2);
    horizon.set(4);
    settle(frontier.take());
    offering.join();

    assertThat(taken).hasValue(4);
  }

  @Test
  void holdsBadLinesBackBeyondTheHorizonToo() throws Exception {
    horizon.set(1);
    List<Entry> entries = List.of(Sample.request(0), Sample.badLine(1));
    Thread offering = offerOnThread(entries);
    Eventually.waits(offering);
    assertThat(sink.results()).isEmpty();

    horizon.set(2);
    settle(frontier.take());
    offering.join();

    assertThat(sink.urlnums()).containsExactlyInAnyOrder(0L, 1L);
  }

  @Test
  void saysHowLongARequestWaited() throws InterruptedException {
    frontier.offer(Sample.requests(0, 1));
    clock.advanceMillis(250);
    frontier.offer(Sample.requests(1, 1));
    clock.advanceMillis(50);

    assertThat(frontier.take().queueNanos()).isEqualTo(300_000_000);
    settle(frontier.take());

    assertThat(sink.results().getFirst().queueNanos()).isEqualTo(50_000_000);
  }

  @Test
  void makesAResultOfATurnAndItsAttempt() throws InterruptedException {
    frontier.offer(Sample.requests(0, 1));
    Turn turn = frontier.take();
    Attempt attempt = Sample.answered(turn.request(), 404);

    frontier.settle(turn, attempt);

    FetchResult result = sink.results().getFirst();
    assertThat(result.entry()).isSameAs(turn.request());
    assertThat(result.attempt()).isSameAs(attempt);
    assertThat(result.ok()).isFalse();
    assertThat(result.status()).isEqualTo(404);
    assertThat(result.numRetries()).isZero();
  }

  @Test
  void wakesThoseWhoWaitForATurnAtTheEndOfInput() throws InterruptedException {
    List<Thread> takers = new ArrayList<>();
    AtomicInteger ended = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      takers.add(Thread.ofPlatform().start(() -> takeUntilTheEnd(ended)));
    }
    takers.forEach(Eventually::waits);

    frontier.endOfInput();
    for (Thread taker : takers) {
      taker.join();
    }

    assertThat(ended).hasValue(4);
  }

  private void takeUntilTheEnd(AtomicInteger ended) {
    try {
      while (frontier.take() != null) {
        // Only the end is of interest.
      }
      ended.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void givesOutNothingOnceItIsStopped() throws InterruptedException {
    frontier.offer(Sample.requests(0, 3));
    Turn begun = frontier.take();

    frontier.stop();

    assertThat(frontier.take()).isNull();
    assertThat(frontier.notReached()).isEqualTo(2);
    settle(begun);
    assertThat(sink.urlnums()).containsExactly(0L);
  }

  @Test
  void takesNothingInOnceItIsStopped() {
    frontier.stop();

    assertThat(frontier.offer(List.of(Sample.badLine(0), Sample.request(1)))).isZero();
    assertThat(sink.results()).isEmpty();
    assertThat(frontier.notReached()).isZero();
  }

  @Test
  void saysHowManyItTookWhenItIsStoppedMeanwhile() throws InterruptedException {
    Thread offering = offerOnThread(Sample.requests(0, WINDOW + 5));
    Eventually.waits(offering);

    frontier.stop();
    offering.join();

    assertThat(taken).hasValue(WINDOW);
    assertThat(frontier.notReached()).isEqualTo(WINDOW);
  }

  @Test
  void wakesAReaderThatWaitsBeyondTheHorizonWhenItIsStopped() throws InterruptedException {
    horizon.set(0);
    Thread offering = offerOnThread(Sample.requests(0, 1));
    Eventually.waits(offering);

    frontier.stop();
    offering.join();

    assertThat(taken).hasValue(0);
  }
}
