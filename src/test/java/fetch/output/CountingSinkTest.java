package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FakeClock;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.Outcome;
import fetch.Sample;
import fetch.Tally;
import fetch.Timings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountingSinkTest {
  private static final long MILLI = 1_000_000;

  private final FakeClock clock = new FakeClock();
  private final RecordingSink recorded = new RecordingSink();
  private final CountingSink sink = new CountingSink(recorded, clock);

  private void acceptFailures(FailureKind kind, int count) {
    for (int i = 0; i < count; i++) {
      sink.accept(Sample.failed(i, kind));
    }
  }

  private static FetchResult responded(long urlnum, long size, long totalNanos) {
    FetchRequest request = Sample.request(urlnum);
    Timings timings = new Timings(0, 0, 0, 0, 0, totalNanos);
    Attempt attempt = Sample.attempt(request, new Outcome.Responded(200), size, timings);
    return new FetchResult(request, "GET", null, attempt, 0, 0);
  }

  @Test
  void countsNothingAtFirst() {
    Tally tally = sink.tally();

    assertThat(tally.urls()).isZero();
    assertThat(tally.failures()).isEmpty();
    assertThat(tally.times().p99()).isZero();
  }

  @Test
  void handsEveryResultOn() {
    sink.accept(Sample.ok(0));
    sink.accept(Sample.failed(1, FailureKind.DNS));
    sink.close();

    assertThat(recorded.urlnums()).containsExactly(0L, 1L);
    assertThat(recorded.closed()).isTrue();
  }

  @Test
  void addsUpBytesAndTime() {
    sink.accept(responded(0, 3_000_000_000L, 0));
    sink.accept(responded(1, 7, 0));
    clock.advanceMillis(5230);

    Tally tally = sink.tally();

    assertThat(tally.urls()).isEqualTo(2);
    assertThat(tally.ok()).isEqualTo(2);
    assertThat(tally.failed()).isZero();
    assertThat(tally.bytes()).isEqualTo(3_000_000_007L);
    assertThat(tally.elapsedNanos()).isEqualTo(5230 * MILLI);
  }

  @Test
  void namesTheMostFrequentFailureFirstAndEqualOnesByName() {
    acceptFailures(FailureKind.TIMEOUT, 2);
    acceptFailures(FailureKind.RESET, 1);
    acceptFailures(FailureKind.DNS, 2);
    acceptFailures(FailureKind.PARTIAL, 3);

    assertThat(sink.tally().failures())
        .containsExactly(
            entry("partial", 3L), entry("dns", 2L), entry("timeout", 2L), entry("reset", 1L));
  }

  @Test
  void countsBothKindsOfTlsFailureTogether() {
    acceptFailures(FailureKind.TLS_HANDSHAKE, 1);
    acceptFailures(FailureKind.TLS_CERTIFICATE, 2);

    assertThat(sink.tally().failures()).containsExactly(entry("tls", 3L));
  }

  @Test
  void knowsThePercentilesOfTheTotalTimes() {
    for (int i = 1000; i > 0; i--) {
      sink.accept(responded(i, 0, i * MILLI));
    }

    Tally tally = sink.tally();

    assertThat(tally.times().p50()).isCloseTo(500 * MILLI, within(MILLI));
    assertThat(tally.times().p95()).isCloseTo(950 * MILLI, within(MILLI));
    assertThat(tally.times().p99()).isCloseTo(990 * MILLI, within(MILLI));
  }

  @Test
  void measuresFromMicrosecondsToHours() {
    sink.accept(responded(0, 0, 5_000));
    assertThat(sink.tally().times().p50()).isEqualTo(5_000);

    sink.accept(responded(1, 0, 10_000_000 * MILLI));
    assertThat(sink.tally().times().p99()).isCloseTo(10_000_000 * MILLI, within(10_000 * MILLI));
  }

  @Test
  void leavesBadLinesOutOfThePercentiles() {
    FetchResult bad =
        new FetchResult(
            Sample.badLine(0), "GET", new Failure(FailureKind.INVALID_URL, "no URL"), null, 0, 0);
    sink.accept(bad);
    sink.accept(responded(1, 0, MILLI));

    Tally tally = sink.tally();

    assertThat(tally.urls()).isEqualTo(2);
    assertThat(tally.failed()).isEqualTo(1);
    assertThat(tally.times().p50()).isCloseTo(MILLI, within(1_000L));
  }

  @Test
  void losesNoCountToOtherThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> acceptFailures(FailureKind.DNS, 5000)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(sink.tally().failures()).containsExactly(entry("dns", 20_000L));
  }
}
