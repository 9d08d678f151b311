package fetch.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Clock;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FakeClock;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Sample;
import fetch.Target;
import fetch.frontier.Frontier;
import fetch.frontier.Politeness;
import fetch.frontier.Rate;
import fetch.frontier.RetryPolicy;
import fetch.frontier.StatusSet;
import fetch.frontier.Verdict;
import fetch.output.RecordingSink;
import fetch.output.ResultSink;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The law that all strategies share. A new one is held to it by being in the enum. */
class StrategyLawTest {
  private static final int WORKERS = 8;
  private static final int WINDOW = 64;

  private final RecordingSink sink = new RecordingSink();
  private final Frontier frontier = frontier(sink);

  private static Frontier frontier(ResultSink sink) {
    Verdict verdict = new Verdict("GET", StatusSet.parse("200-399"));
    return new Frontier(
        new FakeClock(),
        verdict,
        Politeness.NONE,
        RetryPolicy.NEVER,
        sink,
        WINDOW,
        () -> Long.MAX_VALUE);
  }

  private static int inFlight(StrategyKind kind) {
    return kind == StrategyKind.SERIAL ? 1 : WORKERS;
  }

  private void offerAll(List<Entry> entries) {
    assertThat(frontier.offer(entries)).isEqualTo(entries.size());
    frontier.endOfInput();
  }

  @ParameterizedTest
  @EnumSource
  void attemptsEachEntryOnceAndGivesItItsOwnResult(StrategyKind kind) throws Throwable {
    int count = 5000;
    EchoExchange exchange = new EchoExchange();
    Draining run = Draining.start(kind.create(WORKERS), frontier, exchange);

    offerAll(Sample.requests(0, count));
    run.join();

    List<Long> everyone = LongStream.range(0, count).boxed().toList();
    assertThat(exchange.attempted()).containsExactlyInAnyOrderElementsOf(everyone);
    assertThat(sink.urlnums()).containsExactlyInAnyOrderElementsOf(everyone);
    assertThat(sink.results()).allMatch(StrategyLawTest::isItsOwn);
  }

  @ParameterizedTest
  @EnumSource
  void givesEachEntryOneResultWhateverIsTriedAgain(StrategyKind kind) throws Throwable {
    int count = 1000;
    Frontier busy =
        new Frontier(
            Clock.system(),
            new Verdict("GET", StatusSet.parse("200-399")),
            new Politeness(3, null, new Rate(5000, Duration.ofSeconds(1)), true),
            new RetryPolicy(2, Duration.ofMillis(2), Duration.ofMinutes(1), false, Math::random),
            sink,
            WINDOW,
            () -> Long.MAX_VALUE);
    Draining run = Draining.start(kind.create(WORKERS), busy, new FlakyExchange());

    for (int n = 0; n < count; n++) {
      String url = "http://host" + n * 7 / count + "/" + n;
      busy.offer(
          List.of(new FetchRequest(n, url, new Target(url, url, "host" + n * 7 / count, 80))));
    }
    busy.endOfInput();
    run.join();

    assertThat(sink.urlnums()).hasSize(count).doesNotHaveDuplicates();
    assertThat(busy.notReached()).isZero();
  }

  private static boolean isItsOwn(FetchResult result) {
    return result.attempt().requests().urlEffective().equals(result.entry().input());
  }

  @ParameterizedTest
  @EnumSource
  void hasAsManyInFlightAsItHasWorkersAndNeverMore(StrategyKind kind) throws Throwable {
    int count = 5 * WORKERS;
    GatedExchange exchange = new GatedExchange();
    Draining run = Draining.start(kind.create(WORKERS), frontier, exchange);
    offerAll(Sample.requests(0, count));

    for (int left = count; left > 0; left--) {
      exchange.awaitUnderWay(Math.min(left, inFlight(kind)));
      exchange.letGo(1);
    }
    run.join();

    assertThat(exchange.most()).isEqualTo(inFlight(kind));
  }

  @ParameterizedTest
  @EnumSource
  void servesWithOneWorkerOnly(StrategyKind kind) throws Throwable {
    GatedExchange exchange = new GatedExchange();
    Draining run = Draining.start(kind.create(1), frontier, exchange);
    offerAll(Sample.requests(0, 20));

    exchange.letGo(20);
    run.join();

    assertThat(exchange.most()).isEqualTo(1);
    assertThat(sink.urlnums()).hasSize(20).isSorted();
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenThereIsLessToDoThanThereAreWorkers(StrategyKind kind) throws Throwable {
    EchoExchange exchange = new EchoExchange();
    Draining run = Draining.start(kind.create(WORKERS), frontier, exchange);

    offerAll(Sample.requests(0, 1));
    run.join();

    assertThat(sink.urlnums()).containsExactly(0L);
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenThereIsNothingToDo(StrategyKind kind) throws Throwable {
    Draining run = Draining.start(kind.create(WORKERS), frontier, new EchoExchange());

    frontier.endOfInput();
    run.join();

    assertThat(sink.results()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoThreadBehind(StrategyKind kind) throws Throwable {
    EchoExchange exchange = new EchoExchange();
    offerAll(Sample.requests(0, WINDOW));

    kind.create(WORKERS).drain(frontier, exchange);

    exchange.callers().remove(Thread.currentThread());
    assertThat(exchange.callers()).hasSizeLessThanOrEqualTo(WORKERS).noneMatch(Thread::isAlive);
  }

  @ParameterizedTest
  @EnumSource
  void handsResultsOnWhileTheInputIsSlow(StrategyKind kind) throws Throwable {
    Draining run = Draining.start(kind.create(WORKERS), frontier, new EchoExchange());

    for (int i = 0; i < 3; i++) {
      frontier.offer(Sample.requests(i, 1));
      sink.awaitResults(i + 1);
    }
    assertThat(run.isOver()).isFalse();
    frontier.endOfInput();
    run.join();

    assertThat(sink.urlnums()).containsExactly(0L, 1L, 2L);
  }

  @ParameterizedTest
  @EnumSource
  void settlesWhatIsInFlightWhenTheRunIsStopped(StrategyKind kind) throws Throwable {
    GatedExchange exchange = new GatedExchange();
    Draining run = Draining.start(kind.create(WORKERS), frontier, exchange);
    offerAll(Sample.requests(0, WINDOW));
    exchange.awaitUnderWay(inFlight(kind));

    frontier.stop(FailureKind.INTERRUPTED);
    assertThat(run.isOver()).isFalse();
    exchange.cancelAll(FailureKind.INTERRUPTED);
    run.join();

    assertThat(sink.results()).hasSize(inFlight(kind));
    assertThat(frontier.notReached()).isEqualTo(WINDOW - inFlight(kind));
    assertThat(exchange.callers()).noneMatch(thread -> isWorker(thread) && thread.isAlive());
  }

  private static boolean isWorker(Thread thread) {
    return thread.getName().startsWith("worker-");
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheRunIsStoppedBeforeAnyInputCame(StrategyKind kind) throws Throwable {
    Draining run = Draining.start(kind.create(WORKERS), frontier, new EchoExchange());

    frontier.stop(FailureKind.INTERRUPTED);
    run.join();

    assertThat(sink.results()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void endsOneEntryAtABugInItsExchangeAndGoesOn(StrategyKind kind) throws Throwable {
    for (Throwable bug :
        List.of(new ArithmeticException("oh"), new StackOverflowError(), new LinkageError("oh"))) {
      RecordingSink all = new RecordingSink();
      Frontier lucky = frontier(all);
      BuggyExchange exchange = new BuggyExchange(3, bug);
      exchange.letGo(WINDOW);
      lucky.offer(Sample.requests(0, WINDOW));
      lucky.endOfInput();

      Draining.start(kind.create(WORKERS), lucky, exchange).join();

      assertThat(all.results()).hasSize(WINDOW);
      assertThat(all.results())
          .filteredOn(result -> !result.ok())
          .singleElement()
          .satisfies(result -> {
            assertThat(result.failure().kind()).isEqualTo(FailureKind.INTERNAL);
            assertThat(result.entry().urlnum()).isEqualTo(3);
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsTheRunWhenMemoryRunsOutButGivesEachEntryInFlightItsResult(StrategyKind kind) {
    BuggyExchange exchange =
        new BuggyExchange(inFlight(kind) - 1, new OutOfMemoryError("not even this"));
    offerAll(Sample.requests(0, WINDOW));

    Draining run = Draining.start(kind.create(WORKERS), frontier, exchange);

    assertThatThrownBy(run::join).isInstanceOf(OutOfMemoryError.class);
    assertThat(sink.results()).hasSize(inFlight(kind));
    assertThat(sink.results())
        .filteredOn(result -> !result.ok())
        .extracting(result -> result.entry().urlnum())
        .containsExactly((long) inFlight(kind) - 1);
    assertThat(exchange.callers()).noneMatch(thread -> isWorker(thread) && thread.isAlive());
  }

  @ParameterizedTest
  @EnumSource
  void endsLoudlyAtABugInTheSink(StrategyKind kind) {
    Frontier unlucky = frontier(new BuggySink());
    unlucky.offer(Sample.requests(0, WINDOW));
    unlucky.endOfInput();

    Draining run = Draining.start(kind.create(WORKERS), unlucky, new EchoExchange());

    assertThatThrownBy(run::join)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no place for this result");
  }

  /** Throws at every result. */
  private static final class BuggySink implements ResultSink {
    @Override
    public void accept(FetchResult result) {
      throw new IllegalStateException("no place for this result");
    }

    @Override
    public void close() {}
  }
}
