package fetch;

import org.jspecify.annotations.Nullable;

/**
 * The one end of an entry.
 *
 * @param method of the request, as configured, also for entries that were never requested
 * @param failure null when all went well
 * @param attempt the last one; null when the entry was never requested
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

  /** The result of an entry that was attempted once at most. */
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
   * How the entry came to its last attempt.
   *
   * @param retries how many attempts came before it
   * @param queueNanos how long the entry waited for it, in nanoseconds
   * @param startEpochMillis the start of the first attempt, in milliseconds since the Unix epoch; 0
   *     when there was none
   * @param duplicate the entry whose request stood for this one, null for none
   */
  public record Scheduling(
      int retries, long queueNanos, long startEpochMillis, @Nullable Duplicate duplicate) {
    /** Of an entry that was never requested. */
    public static final Scheduling NONE = new Scheduling(0, 0, 0);

    public Scheduling(int retries, long queueNanos, long startEpochMillis) {
      this(retries, queueNanos, startEpochMillis, null);
    }
  }

  /**
   * An earlier entry with the same request.
   *
   * @param of its position
   * @param status of its last response, 0 when there was none
   */
  public record Duplicate(long of, int status) {}

  public boolean ok() {
    return failure == null;
  }

  /** This result, compared with an earlier one, and with what is still valid of that. */
  public FetchResult compared(Change with, Representation valid) {
    return new FetchResult(entry, method, failure, attempt, scheduling, valid, with);
  }

  /** This result without the body that its record would include: results that wait are many. */
  public FetchResult withoutBody() {
    SavedBody stored = representation.stored();
    if (stored.included() == null || attempt == null) {
      return this;
    }
    Representation rest =
        new Representation(stored.withIncluded(null), representation.validators());
    return new FetchResult(entry, method, failure, attempt.with(rest), scheduling, rest, change);
  }

  /** Whether the run stopped the entry before it came to its own end. */
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
