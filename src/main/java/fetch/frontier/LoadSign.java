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

  /** What it says about the requests to all hosts: not that this host refuses too many. */
  static LoadSign ofAll(Attempt attempt) {
    return AdaptiveRate.isRefusal(attempt.outcome().status()) ? NONE : of(attempt);
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
