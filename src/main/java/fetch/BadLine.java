package fetch;

import org.jspecify.annotations.Nullable;

/**
 * An entry that cannot be fetched.
 *
 * @param kind {@link FailureKind#INVALID_URL}, {@link FailureKind#UNSUPPORTED_SCHEME} or {@link
 *     FailureKind#CHECKSUM}
 * @param message one sentence that names the source and the line
 * @param meta the other columns or keys of the list, null if there are none or they cannot be read
 */
public record BadLine(
    long urlnum, String input, FailureKind kind, String message, @Nullable Meta meta)
    implements Entry {

  public BadLine(long urlnum, String input, FailureKind kind, String message) {
    this(urlnum, input, kind, message, null);
  }
}
