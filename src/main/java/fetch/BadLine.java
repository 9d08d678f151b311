package fetch;

/**
 * An entry that cannot be fetched.
 *
 * @param kind {@link FailureKind#INVALID_URL} or {@link FailureKind#UNSUPPORTED_SCHEME}
 * @param message one sentence that names the source and the line
 */
public record BadLine(long urlnum, String input, FailureKind kind, String message)
    implements Entry {}
