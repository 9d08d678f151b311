package fetch.since;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.BadLine;
import fetch.Change;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.FetchResult.Scheduling;
import fetch.HashAlgorithm;
import fetch.Outcome;
import fetch.Representation;
import fetch.Sample;
import fetch.SavedBody;
import fetch.Validators;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeDetectorTest {
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);
  private static final FetchRequest REQUEST = Sample.request(0);

  private static FetchResult responded(
      int status, Validators validators, Map<HashAlgorithm, String> digests) {
    return ended(new Outcome.Responded(status), null, validators, digests);
  }

  private static FetchResult ended(
      Outcome outcome, Failure failure, Validators validators, Map<HashAlgorithm, String> digests) {
    Attempt attempt =
        new Attempt(
            outcome,
            new Attempt.Requests("GET", "", 0),
            new Attempt.Response("1.1", null, null),
            new Attempt.Body(10, 10, ""),
            Representation.NONE,
            Attempt.Peer.NONE,
            Sample.NO_TIME);
    return new FetchResult(
        REQUEST,
        "GET",
        failure,
        attempt,
        Scheduling.NONE,
        new Representation(new SavedBody(null, digests), validators),
        null);
  }

  private static FetchResult refused(int status) {
    return ended(
        new Outcome.Responded(status),
        new Failure(FailureKind.HTTP_STATUS, "no"),
        Validators.NONE,
        Map.of());
  }

  private static Validators tag(String etag) {
    return new Validators(etag, null);
  }

  private static Validators date(String date) {
    return new Validators(null, date);
  }

  private static Change between(EarlierResult before, FetchResult now) {
    return ChangeDetector.between(before, now);
  }

  @Test
  void callsWhateverCameOfANewEntryNew() {
    assertThat(between(null, responded(200, Validators.NONE, Map.of()))).isEqualTo(Change.NEW);
    assertThat(between(null, refused(404))).isEqualTo(Change.NEW);
    BadLine line = Sample.badLine(0);
    FetchResult bad =
        new FetchResult(line, "GET", new Failure(line.kind(), line.message()), null, 0, 0);
    assertThat(between(null, bad)).isEqualTo(Change.NEW);
    assertThat(between(Pasts.failed(false), bad)).isEqualTo(Change.FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void callsGoneWhatWasThere(int status) {
    assertThat(between(Pasts.ok(0, Validators.NONE), refused(status))).isEqualTo(Change.GONE);
    assertThat(between(Pasts.failed(true), refused(status))).isEqualTo(Change.GONE);
    assertThat(between(Pasts.failed(false), refused(status))).isEqualTo(Change.FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 451, 500, 503})
  void callsFailedWhatIsNotOkForAnotherReason(int status) {
    assertThat(between(Pasts.ok(0, Validators.NONE), refused(status))).isEqualTo(Change.FAILED);
    assertThat(between(Pasts.failed(true), refused(status))).isEqualTo(Change.FAILED);
    assertThat(between(Pasts.ok(0, Validators.NONE), Sample.failed(0, FailureKind.TIMEOUT)))
        .isEqualTo(Change.FAILED);
  }

  @Test
  void callsRecoveredWhatIsOkAgain() {
    FetchResult ok = responded(200, tag("\"1\""), Map.of());

    assertThat(between(Pasts.failed(false), ok)).isEqualTo(Change.RECOVERED);
    assertThat(between(Pasts.failed(true), ok)).isEqualTo(Change.RECOVERED);
  }

  @Test
  void believesA304ThatWasAskedFor() {
    FetchResult unchanged =
        ended(new Outcome.Unchanged(), null, tag("\"2\""), Map.of(HashAlgorithm.SHA256, TWO));

    assertThat(between(Pasts.ok(tag("\"1\""), Map.of(HashAlgorithm.SHA256, ONE)), unchanged))
        .isEqualTo(Change.SAME);
  }

  @Test
  void callsTheSameWhatWasNotFetchedBecauseItIsThere() {
    FetchResult skipped = new FetchResult(REQUEST, "GET", null, null, 0, 0);

    assertThat(between(Pasts.ok(tag("\"1\""), Map.of()), skipped)).isEqualTo(Change.SAME);
    assertThat(between(Pasts.failed(false), skipped)).isEqualTo(Change.RECOVERED);
  }

  /** A server may change its tags without changing what they are of, and the other way round. */
  @Test
  void takesAHashForTheBestEvidence() {
    EarlierResult before =
        Pasts.ok(new Validators("\"1\"", Pasts.DATE), Map.of(HashAlgorithm.SHA256, ONE));

    assertThat(between(before, responded(203, tag("\"2\""), Map.of(HashAlgorithm.SHA256, ONE))))
        .isEqualTo(Change.SAME);
    assertThat(
            between(
                before,
                responded(
                    200, new Validators("\"1\"", Pasts.DATE), Map.of(HashAlgorithm.SHA256, TWO))))
        .isEqualTo(Change.CHANGED);
  }

  @Test
  void goesByAllHashesThatBothHave() {
    EarlierResult before =
        Pasts.ok(tag("\"1\""), Map.of(HashAlgorithm.SHA256, ONE, HashAlgorithm.MD5, "1"));

    assertThat(
            between(
                before,
                responded(
                    200, tag("\"2\""), Map.of(HashAlgorithm.SHA256, ONE, HashAlgorithm.SHA1, "2"))))
        .isEqualTo(Change.SAME);
    assertThat(
            between(
                before,
                responded(
                    200, tag("\"1\""), Map.of(HashAlgorithm.SHA256, ONE, HashAlgorithm.MD5, "2"))))
        .isEqualTo(Change.CHANGED);
    assertThat(between(before, responded(200, tag("\"1\""), Map.of(HashAlgorithm.SHA1, "2"))))
        .isEqualTo(Change.SAME);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"1\"', '\"1\"', SAME",
    "'W/\"1\"', '\"1\"', SAME",
    "'\"1\"', 'W/\"1\"', SAME",
    "'W/\"1\"', 'W/\"1\"', SAME",
    "'W/\"1\"', 'W/\"2\"', CHANGED",
    "'\"1\"', '\"2\"', CHANGED",
    "'\"a\"', '\"A\"', CHANGED",
    "'w/\"1\"', '\"1\"', CHANGED"
  })
  void comparesTagsWeakly(String before, String now, Change change) {
    assertThat(between(Pasts.ok(tag(before), Map.of()), responded(200, tag(now), Map.of())))
        .isEqualTo(change);
  }

  @Test
  void prefersTagsToDates() {
    EarlierResult before = Pasts.ok(0, new Validators("\"1\"", Pasts.DATE));

    assertThat(between(before, responded(200, new Validators("\"2\"", Pasts.DATE), Map.of())))
        .isEqualTo(Change.CHANGED);
    assertThat(between(before, responded(200, new Validators("\"1\"", "later"), Map.of())))
        .isEqualTo(Change.SAME);
    assertThat(between(before, responded(200, date(Pasts.DATE), Map.of()))).isEqualTo(Change.SAME);
    assertThat(between(before, responded(200, date("later"), Map.of()))).isEqualTo(Change.CHANGED);
  }

  @Test
  void goesAtLastByStatusSizeAndType() {
    FetchResult now = responded(200, tag("\"1\""), Map.of());

    assertThat(between(Pasts.ok(Pasts.USUAL, date(Pasts.DATE)), now)).isEqualTo(Change.SAME);
    for (long shape :
        new long[] {
          EarlierResult.shape(203, 10, null),
          EarlierResult.shape(200, 11, null),
          EarlierResult.shape(200, 10, ""),
          EarlierResult.shape(200, 10, "text/html"),
          EarlierResult.shape(-1, -1, null)
        }) {
      assertThat(between(Pasts.ok(shape, Validators.NONE), now)).isEqualTo(Change.CHANGED);
    }
  }
}
