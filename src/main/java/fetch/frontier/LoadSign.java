package fetch.frontier;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;

/** What an attempt says about the number of requests in flight. */
enum LoadSign {
  /** It was served. */
  SERVED,
  /** It may have failed because there were too many. */
  REFUSED,
  /** Nothing. */
  NONE;

  static LoadSign of(Attempt attempt) {
    boolean isRefused =
        AdaptiveRate.isRefusal(attempt.outcome().status())
            || (attempt.outcome() instanceof Outcome.Failed failed && isRefusal(failed.kind()));
    return isRefused ? REFUSED : SERVED;
  }

  private static boolean isRefusal(FailureKind kind) {
    return kind == FailureKind.TIMEOUT
        || kind == FailureKind.CONNECT
        || kind == FailureKind.RESET
        || kind == FailureKind.EMPTY_REPLY
        || kind == FailureKind.DNS_TEMPORARY
        || kind == FailureKind.IO;
  }
}
