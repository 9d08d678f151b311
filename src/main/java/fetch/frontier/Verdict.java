package fetch.frontier;

import fetch.Attempt;
import fetch.BadLine;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Says what an end means.
 *
 * @param method the request method of the run, for entries that were never requested
 * @param accepted the statuses that count as success
 */
public record Verdict(String method, StatusSet accepted) {
  FetchResult of(BadLine line) {
    return new FetchResult(line, method, new Failure(line.kind(), line.message()), null, 0, 0);
  }

  FetchResult of(Turn turn, Attempt attempt) {
    return new FetchResult(
        turn.request(),
        attempt.method(),
        failure(attempt.outcome()),
        attempt,
        turn.retries(),
        turn.queueNanos(),
        turn.startEpochMillis() == 0
            ? attempt.timings().startEpochMillis()
            : turn.startEpochMillis(),
        attempt.stored());
  }

  /** What becomes of an entry that was attempted, when the run stops before it is again. */
  FetchResult stopped(FetchResult before, FailureKind reason) {
    String last =
        before.failure() == null ? "" : "; what it came to: " + before.failure().message();
    return new FetchResult(
        before.entry(),
        before.method(),
        new Failure(reason, reason.sentence() + " before another attempt" + last),
        before.attempt(),
        before.numRetries(),
        before.queueNanos(),
        before.startEpochMillis(),
        before.stored());
  }

  FetchResult hostDown(FetchRequest request, String lastSaid) {
    Failure failure =
        new Failure(FailureKind.HOST_DOWN, "the host is left alone after failures: " + lastSaid);
    return new FetchResult(request, request.method(method), failure, null, 0, 0);
  }

  FetchResult robots(FetchRequest request, String refusal) {
    Failure failure = new Failure(FailureKind.ROBOTS, refusal);
    return new FetchResult(request, request.method(method), failure, null, 0, 0);
  }

  private @Nullable Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unchanged _ -> null; // so it is as well as it was, and nothing else is asked so
      case Outcome.Answered(int status) when accepted.contains(status) -> null;
      case Outcome.Answered(int status) ->
          new Failure(FailureKind.HTTP_STATUS, "the server answered " + status);
      case Outcome.Deferred _ -> null;
      case Outcome.Failed failed -> new Failure(failed.kind(), failed.message());
    };
  }
}
