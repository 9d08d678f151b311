package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.EntryOverrides;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.Outcome;
import fetch.Representation;
import fetch.Sample;
import fetch.SavedBody;
import fetch.Timings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final FetchRequest REQUEST = Sample.request(3);

  private final Verdict verdict = new Verdict("GET", StatusSet.parse("200-299,404"));

  private FetchResult of(Outcome outcome) {
    return verdict.of(new Turn(REQUEST, 0, 2, 0, 7, 0, 0), Sample.attempt(REQUEST, outcome));
  }

  @Test
  void isWellWithAnAcceptedStatus() {
    assertThat(of(new Outcome.Responded(200)).ok()).isTrue();
    assertThat(of(new Outcome.Responded(404)).ok()).isTrue();
  }

  @Test
  void namesTheStatusThatIsNotAccepted() {
    FetchResult result = of(new Outcome.Responded(301));

    assertThat(result.failure())
        .isEqualTo(new Failure(FailureKind.HTTP_STATUS, "the server returned 301"));
    assertThat(result.status()).isEqualTo(301);
  }

  @Test
  void keepsTheKindAndTheMessageOfAFailure() {
    Outcome.Failed failed =
        new Outcome.Failed(FailureKind.PARTIAL, "12 of 20 bytes came", 200, "java.io.EOFException");

    FetchResult result = of(failed);

    assertThat(result.failure()).isEqualTo(new Failure(FailureKind.PARTIAL, "12 of 20 bytes came"));
    assertThat(result.status()).isEqualTo(200);
  }

  @Test
  void keepsWhatTheTurnKnows() {
    FetchResult result = of(new Outcome.Responded(200));

    assertThat(result.entry()).isSameAs(REQUEST);
    assertThat(result.scheduling().retries()).isEqualTo(2);
    assertThat(result.scheduling().queueNanos()).isEqualTo(7);
  }

  @Test
  void takesTheMethodFromTheAttempt() {
    Attempt attempt = Sample.responded(REQUEST, 200);

    FetchResult result = new Verdict("POST", StatusSet.parse("200")).of(turn(), attempt);

    assertThat(result.method()).isEqualTo(attempt.requests().method()).isEqualTo("GET");
  }

  @Test
  void namesTheMethodThatAnEntryWouldHaveHad() {
    EntryOverrides own = new EntryOverrides("PUT", List.of(), null);
    FetchRequest request = new FetchRequest(1, "h", REQUEST.target(), false, own, null);

    assertThat(verdict.hostDown(QueuedEntry.first(request, 0, 0), "").method()).isEqualTo("PUT");
    assertThat(verdict.robots(QueuedEntry.first(request, 0, 0), "").method()).isEqualTo("PUT");
    assertThat(verdict.hostDown(QueuedEntry.first(REQUEST, 0, 0), "").method()).isEqualTo("GET");
  }

  @Test
  void failsAnAcceptedResponseWhoseBodyDoesNotMatch() {
    Attempt plain = Sample.responded(REQUEST, 200);
    SavedBody stored = new SavedBody(null, Map.of(), null, "the body lacks 'ok'");
    Attempt other =
        new Attempt(
            plain.outcome(),
            plain.requests(),
            plain.response(),
            plain.body(),
            new Representation(stored, plain.representation().validators()),
            plain.peer(),
            plain.timings());

    assertThat(verdict.of(turn(), other).failure())
        .isEqualTo(new Failure(FailureKind.MATCH, "the body lacks 'ok'"));
  }

  @Test
  void datesAResultByItsFirstAttempt() {
    Attempt attempt =
        Sample.attempt(REQUEST, new Outcome.Responded(200), 0, new Timings(77, 0, 0, 0, 0, 0));
    Turn later = new Turn(REQUEST, 0, 1, 0, 0, 0, 33);

    assertThat(verdict.of(turn(), attempt).scheduling().startEpochMillis()).isEqualTo(77);
    assertThat(verdict.of(later, attempt).scheduling().startEpochMillis()).isEqualTo(33);
  }

  private static Turn turn() {
    return new Turn(REQUEST, 0, 0, 0, 0, 0, 0);
  }
}
