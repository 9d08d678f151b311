package fetch.compare;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Scheduling;
import fetch.Outcome;
import fetch.Percentiles;
import fetch.Representation;
import fetch.Sample;
import fetch.Tally;
import fetch.Timings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureRecorderTest {
  private static final Tally TALLY = new Tally(3, 2, Map.of("dns", 1L), 0, 0, 0, Percentiles.NONE);

  private final FigureRecorder recorder = new FigureRecorder();

  /** A result whose last attempt began and ended so many milliseconds after the first began. */
  private static FetchResult result(long urlnum, long begun, long ended) {
    FetchRequest request = Sample.request(urlnum);
    Timings timings = new Timings(1000 + begun, 0, 0, 0, 0, (ended - begun) * 1_000_000);
    Attempt attempt = Sample.attempt(request, new Outcome.Responded(200), 0, timings);
    return new FetchResult(
        request, "GET", null, attempt, new Scheduling(0, 0, 1000), Representation.NONE, null);
  }

  @Test
  void countsAnswersThatWereNotTheLast() {
    FetchRequest request = Sample.request(1);
    recorder.attempted(Sample.responded(request, 429));
    recorder.attempted(Sample.responded(request, 429));
    recorder.attempted(Sample.responded(request, 200));
    recorder.attempted(Sample.attempt(request, new Outcome.Responded(0)));
    recorder.attempted(Sample.attempt(request, new Outcome.Responded(9999)));

    assertThat(recorder.figures(4, TALLY).statuses()).isEqualTo(Map.of(200, 1L, 429, 2L));
    assertThat(recorder.figures(4, TALLY).throttled()).isEqualTo(2);
  }

  @Test
  void findsTheSlowestEntryWaitsAndRetriesIncluded() {
    recorder.ended(result(1, 0, 800));
    recorder.ended(result(2, 1900, 2000));
    recorder.ended(result(3, 0, 900));

    assertThat(recorder.figures(4, TALLY).slowest())
        .isEqualTo(new Figures.Slowest("http://127.0.0.1/2", 2.0));
  }

  @Test
  void measuresTheLastAttempts() {
    recorder.ended(result(1, 1900, 2000));

    assertThat(recorder.figures(4, TALLY).latencies().percentile(50)).isBetween(0.099, 0.101);
  }

  @Test
  void takesTheCountsFromTheSummary() {
    recorder.ended(Sample.failed(1, FailureKind.DNS));
    recorder.ended(new FetchResult(Sample.badLine(2), "GET", null, null, 0, 0));
    Figures figures = recorder.figures(4, TALLY);

    assertThat(figures.workers()).isEqualTo(4);
    assertThat(figures.urls()).isEqualTo(3);
    assertThat(figures.failed()).isEqualTo(1);
    assertThat(figures.latencies().bars()).hasSize(1);
  }

  @Test
  void hasNoSlowestEntryWhereNothingWasRequested() {
    assertThat(recorder.figures(4, TALLY).slowest()).isNull();
  }
}
