package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Hop;
import fetch.Outcome;
import fetch.Sample;
import fetch.Target;
import fetch.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule under a clock that only the test turns, and the results it has come to. */
final class SimulatedSchedule {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;

  /** Two retries, after half a second and a second. */
  static final RetryPolicy TWICE =
      new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofMinutes(2), false, () -> 0.5);

  private static final Verdict VERDICT = new Verdict("GET", StatusSet.parse("200-399"));

  private final List<FetchResult> results = new ArrayList<>();
  private final Schedule schedule;
  private long now = Long.MAX_VALUE - 20 * SECOND; // as System.nanoTime, it may overflow
  private long urlnum;

  SimulatedSchedule(Politeness politeness, RetryPolicy retries) {
    this.schedule = new Schedule(VERDICT, politeness, retries, now);
  }

  static Politeness perHost(int most) {
    return new Politeness(most, null, null, true);
  }

  static String host(Turn turn) {
    return turn.request().requested().host();
  }

  /** A redirect that leads to a path of a host. */
  static Hop hop(String host, String path, int redirects) {
    String url = "http://" + host + path;
    return new Hop(new Target(url, url, host, 80), "GET", redirects, List.of(), Sample.NO_TIME);
  }

  static long urlnum(Turn turn) {
    return turn.request().urlnum();
  }

  Schedule schedule() {
    return schedule;
  }

  /** The results so far, in the order they came. */
  List<FetchResult> results() {
    return results;
  }

  /** What the results so far failed with. */
  List<FailureKind> failures() {
    return results.stream().map(result -> failure(result).kind()).toList();
  }

  static FetchResult.Failure failure(FetchResult result) {
    FetchResult.Failure failure = result.failure();
    if (failure == null) {
      throw new AssertionError("it did not fail");
    }
    return failure;
  }

  long now() {
    return now;
  }

  void pass(long nanos) {
    now += nanos;
  }

  /** How many entries were added. */
  long added() {
    return urlnum;
  }

  void add(String host, int count) {
    for (int i = 0; i < count; i++) {
      addAt(host, 80);
    }
  }

  void addAt(String host, int port) {
    addUrl("http://" + host + ":" + port + "/" + urlnum, host, port);
  }

  void addUrl(String url, String host, int port) {
    schedule.add(new FetchRequest(urlnum++, url, new Target(url, url, host, port)), now);
    takeOutput();
  }

  /** Takes the results, and matches the robots.txt rules. */
  private void takeOutput() {
    ScheduleOutput output = schedule.takeOutput();
    results.addAll(output.results());
    if (!output.checks().isEmpty()) {
      output.checks().forEach(check -> schedule.finish(check, check.refusal(), now));
      takeOutput();
    }
  }

  /** The next turn, which there must be. */
  Turn next() {
    Turn turn = schedule.next(now);
    takeOutput();
    if (turn == null) {
      throw new AssertionError("there is no turn");
    }
    return turn;
  }

  void assertNoTurn() {
    assertThat(schedule.next(now)).isNull();
    takeOutput();
  }

  /** How many turns there are at this moment. */
  int burst() {
    int turns = 0;
    while (schedule.next(now) != null) {
      turns++;
    }
    return turns;
  }

  long delay() {
    return schedule.delay(now);
  }

  /** Settles a turn, and returns the one that follows at once; null if none does. */
  @Nullable Turn settle(Turn turn, Attempt attempt) {
    Turn next = schedule.settle(turn, attempt, schedule.read(turn, attempt), now);
    takeOutput();
    return next;
  }

  /** Has the exchange of a turn throw. */
  void crash(Turn turn) {
    schedule.settle(turn, new IllegalStateException("it threw"), now);
    takeOutput();
  }

  /** Has a turn end in a redirect, and returns the turn that follows at once. */
  @Nullable Turn redirect(Turn turn, Hop hop) {
    return settle(turn, Sample.attempt(turn.request(), new Outcome.Redirected(302, hop)));
  }

  void respond(Turn turn, int status) {
    settle(turn, Sample.responded(turn.request(), status));
  }

  /** Has a turn end with a response that took a time. */
  void respond(Turn turn, int status, long nanos) {
    Timings timings = new Timings(0, 0, 0, 0, nanos, nanos);
    settle(turn, Sample.attempt(turn.request(), new Outcome.Responded(status), 0, timings));
  }

  void fail(Turn turn, FailureKind kind) {
    settle(turn, Sample.attempt(turn.request(), new Outcome.Failed(kind, "it broke", 0, "a test")));
  }

  /** Has the next so many turns fail. */
  void failNext(int count, FailureKind kind) {
    for (int i = 0; i < count; i++) {
      fail(next(), kind);
    }
  }

  void holdBack(Turn turn, int status, long millis) {
    holdBack(turn, status, host(turn), millis);
  }

  /** Ends a turn with a response on whose way a host sent Retry-After. */
  void holdBack(Turn turn, int status, String host, long millis) {
    holdBack(turn, Sample.responded(turn.request(), status), host, millis);
  }

  /** Has a turn end in a redirect to be followed later. */
  void redirectLater(Turn turn, Hop hop, long millis) {
    Outcome outcome = new Outcome.Redirected(302, hop);
    holdBack(turn, Sample.attempt(turn.request(), outcome), host(turn), millis);
  }

  private void holdBack(Turn turn, Attempt plain, String host, long millis) {
    settle(turn, Sample.heldBack(plain, host, millis));
  }

  void stop(FailureKind reason) {
    schedule.stop(reason);
    takeOutput();
  }
}
