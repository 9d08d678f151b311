package fetch;

import org.jspecify.annotations.Nullable;

/**
 * The one end of an entry.
 *
 * @param method of the request, as configured, also for entries that were never requested
 * @param failure null when all went well
 * @param attempt the last one; null when the entry was never requested
 * @param numRetries how many attempts came before the last
 * @param queueNanos how long the entry waited for its last attempt, in nanoseconds
 * @param startEpochMillis the start of the first attempt, in milliseconds since the Unix epoch; 0
 *     when there was none
 * @param stored what is left of its body, or was there before
 * @param validators by what that is known again, as a response had it
 * @param change what has become of it since an earlier run; null when there is none to compare with
 */
public record FetchResult(
    Entry entry,
    String method,
    @Nullable Failure failure,
    @Nullable Attempt attempt,
    int numRetries,
    long queueNanos,
    long startEpochMillis,
    Stored stored,
    Validators validators,
    @Nullable Change change) {

  /** A result that is compared with none before it. */
  public FetchResult(
      Entry entry,
      String method,
      @Nullable Failure failure,
      @Nullable Attempt attempt,
      int numRetries,
      long queueNanos,
      long startEpochMillis,
      Stored stored) {
    this(
        entry,
        method,
        failure,
        attempt,
        numRetries,
        queueNanos,
        startEpochMillis,
        stored,
        attempt == null ? Validators.NONE : attempt.validators(),
        null);
  }

  /** The result of an entry that was attempted once at most. */
  public FetchResult(
      Entry entry,
      String method,
      @Nullable Failure failure,
      @Nullable Attempt attempt,
      int numRetries,
      long queueNanos) {
    this(
        entry,
        method,
        failure,
        attempt,
        numRetries,
        queueNanos,
        attempt == null ? 0 : attempt.timings().startEpochMillis(),
        attempt == null ? Stored.NOTHING : attempt.stored());
  }

  /** Why an entry counts as failed. */
  public record Failure(FailureKind kind, String message) {}

  public boolean ok() {
    return failure == null;
  }

  /** This result, compared with an earlier one, and with what is still valid of that. */
  public FetchResult compared(Change with, Stored valid, Validators knownBy) {
    return new FetchResult(
        entry,
        method,
        failure,
        attempt,
        numRetries,
        queueNanos,
        startEpochMillis,
        valid,
        knownBy,
        with);
  }

  /** The status of the last response, 0 when there was none. */
  public int status() {
    return attempt == null ? 0 : attempt.outcome().status();
  }
}
