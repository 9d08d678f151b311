package fetch.frontier;

import fetch.Attempt;
import fetch.BadLine;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.FetchResult.Scheduling;
import fetch.Outcome;
import fetch.Redaction;
import fetch.Representation;
import fetch.SavedBody;
import fetch.Validators;
import org.jspecify.annotations.Nullable;

/**
 * Turns attempts, invalid lines and abandoned entries into results.
 *
 * @param method the request method of the run, for entries that were never requested
 * @param accepted the status codes that count as success
 */
public record Verdict(String method, StatusSet accepted) {
  FetchResult of(BadLine line) {
    return new FetchResult(line, method, new Failure(line.kind(), line.message()), null, 0, 0);
  }

  FetchResult of(Turn turn, Attempt attempt) {
    return new FetchResult(
        turn.request(),
        attempt.requests().method(),
        failure(attempt),
        attempt,
        new Scheduling(
            turn.retries(),
            turn.queueNanos(),
            turn.startEpochMillis() == 0
                ? attempt.timings().startEpochMillis()
                : turn.startEpochMillis()),
        attempt.representation(),
        null);
  }

  /** The result of an entry that was requested, when the run stops before its next request. */
  FetchResult stopped(FetchResult before, FailureKind reason) {
    String last = before.failure() == null ? "" : "; last attempt: " + before.failure().message();
    Failure failure = new Failure(reason, reason.sentence() + " before its next request" + last);
    return ended(before, before.attempt(), failure);
  }

  /** The result of an entry that is not requested because its server is down. */
  FetchResult hostDown(QueuedEntry entry, String lastFailure) {
    return ended(
        entry,
        FailureKind.HOST_DOWN,
        "the host is skipped after repeated failures: " + lastFailure);
  }

  /** The result of an entry whose next request robots.txt disallows. */
  FetchResult robots(QueuedEntry entry, String refusal) {
    return ended(entry, FailureKind.ROBOTS, refusal);
  }

  private FetchResult ended(QueuedEntry entry, FailureKind kind, String why) {
    FetchRequest request = entry.request();
    FetchResult before = entry.before();
    if (before == null || before.attempt() == null) {
      return new FetchResult(request, request.method(method), new Failure(kind, why), null, 0, 0);
    }
    boolean moved = request.hop() != null && request.hop().redirects() > 0;
    String message = moved ? "redirected to a URL that may not be fetched: " + why : why;
    Failure failure = new Failure(kind, message);
    Outcome.Failed outcome = new Outcome.Failed(kind, failure.message(), 0, "");
    return ended(before, before.attempt().endedBy(outcome), failure);
  }

  private static FetchResult ended(FetchResult before, @Nullable Attempt attempt, Failure failure) {
    return new FetchResult(
        before.entry(),
        before.method(),
        failure,
        attempt,
        before.scheduling(),
        new Representation(
            before.representation().stored(),
            attempt == null ? Validators.NONE : attempt.representation().validators()),
        null);
  }

  /** The result of an entry whose exchange threw. */
  FetchResult internal(Turn turn, Throwable bug) {
    Failure failure =
        new Failure(FailureKind.INTERNAL, "a bug in fetch: " + Redaction.ofText(bug.toString()));
    return new FetchResult(
        turn.request(),
        turn.request().method(method),
        failure,
        null,
        new Scheduling(turn.retries(), turn.queueNanos(), turn.startEpochMillis()),
        Representation.NONE,
        null);
  }

  private @Nullable Failure failure(Attempt attempt) {
    return switch (attempt.outcome()) {
      case Outcome.Unchanged _ -> null; // only ok entries are revalidated
      case Outcome.Responded(int status) when accepted.contains(status) ->
          mismatch(attempt.representation().stored());
      case Outcome.Responded(int status) ->
          new Failure(FailureKind.HTTP_STATUS, "the server returned " + status);
      case Outcome.Redirected _ -> null;
      case Outcome.Failed failed -> new Failure(failed.kind(), failed.message());
    };
  }

  private static @Nullable Failure mismatch(SavedBody stored) {
    return stored.mismatch() == null ? null : new Failure(FailureKind.MATCH, stored.mismatch());
  }
}
