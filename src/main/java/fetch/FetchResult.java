package fetch;

import org.jspecify.annotations.Nullable;

/**
 * The final result of an entry.
 *
 * @param method of the request, as configured, also for entries that were never requested
 * @param failure null for success
 * @param attempt the last one; null if the entry was never requested
 * @param representation from the last attempt, or from an earlier run
 * @param change since an earlier run; null without an earlier run
 */
public record FetchResult(
    Entry entry,
    String method,
    @Nullable Failure failure,
    @Nullable Attempt attempt,
    Scheduling scheduling,
    Representation representation,
    @Nullable Change change) {

  /** The result of an entry with at most one attempt. */
  public FetchResult(
      Entry entry,
      String method,
      @Nullable Failure failure,
      @Nullable Attempt attempt,
      int retries,
      long queueNanos) {
    this(
        entry,
        method,
        failure,
        attempt,
        new Scheduling(
            retries, queueNanos, attempt == null ? 0 : attempt.timings().startEpochMillis()),
        attempt == null ? Representation.NONE : attempt.representation(),
        null);
  }

  /** Why an entry counts as failed. */
  public record Failure(FailureKind kind, String message) {}

  /**
   * The attempts of an entry before the last one.
   *
   * @param retries the number of earlier attempts
   * @param queueNanos how long the entry waited for the last attempt, in nanoseconds
   * @param startEpochMillis the start of the first attempt, in milliseconds since the Unix epoch; 0
   *     if there was none
   * @param duplicate the earlier entry whose result this entry repeats, null for none
   */
  public record Scheduling(
      int retries, long queueNanos, long startEpochMillis, @Nullable Duplicate duplicate) {
    /** For an entry that was never requested. */
    public static final Scheduling NONE = new Scheduling(0, 0, 0);

    public Scheduling(int retries, long queueNanos, long startEpochMillis) {
      this(retries, queueNanos, startEpochMillis, null);
    }
  }

  /**
   * An earlier entry with the same request.
   *
   * @param of its position
   * @param status of its last response, 0 if there was none
   */
  public record Duplicate(long of, int status) {}

  public boolean ok() {
    return failure == null;
  }

  /**
   * Returns a copy with its change since an earlier result, and the representation that is valid
   * now.
   */
  public FetchResult compared(Change with, Representation valid) {
    return new FetchResult(entry, method, failure, attempt, scheduling, valid, with);
  }

  /** Returns a copy with other remains of the body. */
  public FetchResult withStored(SavedBody stored) {
    Representation moved = new Representation(stored, representation.validators());
    return new FetchResult(entry, method, failure, attempt, scheduling, moved, change);
  }

  /**
   * Returns a copy without the body that its record would include; saves memory while many results
   * wait.
   */
  public FetchResult withoutBody() {
    SavedBody stored = representation.stored();
    if (stored.included() == null || attempt == null) {
      return this;
    }
    Representation rest =
        new Representation(stored.withIncluded(null), representation.validators());
    return new FetchResult(entry, method, failure, attempt.with(rest), scheduling, rest, change);
  }

  /** Whether the run was stopped before the entry ended by itself. */
  public boolean stopped() {
    return failure != null
        && (failure.kind() == FailureKind.INTERRUPTED || failure.kind() == FailureKind.DEADLINE);
  }

  /** The status of the last response, 0 when there was none. */
  public int status() {
    if (scheduling.duplicate() != null) {
      return scheduling.duplicate().status();
    }
    return attempt == null ? 0 : attempt.outcome().status();
  }
}
