package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.FakeClock;
import fetch.Sample;
import fetch.output.RecordingSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wakes the threads that wait for a frontier. */
@Timeout(60)
class FrontierWaitersTest {
  private final RecordingSink sink = new RecordingSink();
  private final AtomicLong horizon = new AtomicLong(Long.MAX_VALUE);
  private final AtomicInteger taken = new AtomicInteger(-1);
  private final List<Turn> turns = new CopyOnWriteArrayList<>();
  private final Frontier frontier =
      new Frontier(
          new FakeClock(),
          new Verdict("GET", StatusSet.parse("200-399")),
          Politeness.NONE,
          RetryPolicy.NEVER,
          sink,
          8,
          horizon::get);

  private void settle(Turn turn) {
    frontier.settle(turn, Sample.responded(turn.request(), 200));
  }

  private Thread offerOnThread(List<Entry> entries) {
    return Thread.ofPlatform()
        .daemon()
        .name("offer")
        .start(() -> taken.set(frontier.offer(entries)));
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
  void wakesAReaderThatWaitsBeyondTheHorizonWhenItIsStopped() throws InterruptedException {
    horizon.set(0);
    Thread offering = offerOnThread(Sample.requests(0, 1));
    Eventually.waits(offering);

    frontier.stop(FailureKind.INTERRUPTED);
    offering.join();

    assertThat(taken).hasValue(0);
  }

  private Thread awaitOnThread(Entry entry, AtomicReference<Boolean> reached) {
    return Thread.ofPlatform()
        .daemon()
        .name("await")
        .start(() -> reached.set(frontier.awaitHorizon(entry)));
  }

  @Test
  void holdsAReaderBackUntilTheResultsBeforeAnEntryHaveLeft() throws InterruptedException {
    horizon.set(1);
    frontier.offer(Sample.requests(0, 1));
    assertThat(frontier.awaitHorizon(Sample.request(0))).isTrue();
    AtomicReference<Boolean> reached = new AtomicReference<>();
    Thread reader = awaitOnThread(Sample.request(1), reached);
    Eventually.waits(reader);

    horizon.set(2);
    settle(frontier.take());
    reader.join();

    assertThat(reached).hasValue(true);
  }

  @Test
  void releasesAReaderBeyondTheHorizonWhenItIsStopped() throws InterruptedException {
    horizon.set(0);
    AtomicReference<Boolean> reached = new AtomicReference<>();
    Thread reader = awaitOnThread(Sample.request(0), reached);
    Eventually.waits(reader);

    frontier.stop(FailureKind.INTERRUPTED);
    reader.join();

    assertThat(reached).hasValue(false);
    assertThat(frontier.awaitHorizon(Sample.request(0))).isFalse();
  }

  private Thread takeOnThread() {
    return Thread.ofPlatform().daemon().name("take").start(this::take);
  }

  private void take() {
    try {
      Turn turn = frontier.take();
      if (turn != null) {
        turns.add(turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wakesAllThatWaitWhenTheLastEntryEnds(boolean throwing) throws InterruptedException {
    frontier.offer(Sample.requests(0, 1));
    frontier.endOfInput();
    Turn last = frontier.take();
    List<Thread> takers = List.of(takeOnThread(), takeOnThread());
    takers.forEach(Eventually::waits);

    if (throwing) {
      frontier.settle(last, new IllegalStateException());
    } else {
      settle(last);
    }

    for (Thread taker : takers) {
      taker.join();
    }
    assertThat(turns).isEmpty();
    assertThat(sink.urlnums()).containsExactly(0L);
  }

  @Test
  void wakesAllThatWaitAtTheEndOfInput() throws InterruptedException {
    List<Thread> takers = List.of(takeOnThread(), takeOnThread());
    takers.forEach(Eventually::waits);

    frontier.endOfInput();

    for (Thread taker : takers) {
      taker.join();
    }
    assertThat(turns).isEmpty();
  }

  @Test
  void wakesAllThatWaitWhenItIsStopped() throws InterruptedException {
    List<Thread> takers = List.of(takeOnThread(), takeOnThread());
    takers.forEach(Eventually::waits);

    frontier.stop(FailureKind.INTERRUPTED);

    for (Thread taker : takers) {
      taker.join();
    }
  }

  @Test
  void wakesAWorkerForAnEntry() throws InterruptedException {
    Thread taker = takeOnThread();
    Eventually.waits(taker);

    frontier.offer(Sample.requests(0, 1));

    taker.join();
    assertThat(turns).hasSize(1);
  }
}
