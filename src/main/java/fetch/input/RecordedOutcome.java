package fetch.input;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Duplicate;
import fetch.FetchResult.Failure;
import fetch.FetchResult.Scheduling;
import fetch.Representation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an entry without details, which its duplicates repeat.
 *
 * @param urlnum the position of the entry whose request was sent
 * @param status the status code, 0 without a response; codes above 1023 are stored as 1023
 * @param failure null if the entry is ok
 */
public record RecordedOutcome(long urlnum, int status, @Nullable FailureKind failure) {
  /** The bits of a {@link #code}. */
  public static final int CODE_BITS = 16;

  /** A number of that many bits that is not a code. */
  public static final int NO_CODE = (1 << CODE_BITS) - 1;

  private static final int KIND_BITS = 6;
  private static final int GREATEST_STATUS = 1023;
  private static final List<FailureKind> KINDS = List.of(FailureKind.values());

  /** The outcome with this code. */
  public static RecordedOutcome of(long urlnum, int code) {
    int kind = code & ((1 << KIND_BITS) - 1);
    return new RecordedOutcome(urlnum, code >>> KIND_BITS, kind == 0 ? null : KINDS.get(kind - 1));
  }

  /** Status code and kind of failure in {@link #CODE_BITS} bits. */
  public static int code(int status, @Nullable FailureKind failure) {
    int kind = failure == null ? 0 : 1 + KINDS.indexOf(failure);
    return Math.clamp(status, 0, GREATEST_STATUS) << KIND_BITS | kind;
  }

  /** Status code and kind of failure in {@link #CODE_BITS} bits. */
  public int code() {
    return code(status, failure);
  }

  /**
   * The result of a later entry with the same request.
   *
   * @param method of requests that have none of their own
   */
  public FetchResult ofDuplicate(FetchRequest duplicate, String method) {
    return new FetchResult(
        duplicate,
        duplicate.method(method),
        ofDuplicate(),
        null,
        new Scheduling(0, 0, 0, new Duplicate(urlnum, status)),
        Representation.NONE,
        null);
  }

  private @Nullable Failure ofDuplicate() {
    if (failure == null) {
      return null;
    }
    String reason =
        failure == FailureKind.HTTP_STATUS ? "the server returned " + status : failure.sentence();
    return new Failure(failure, reason + " (same request as urlnum " + urlnum + ")");
  }
}
