package fetch;

/** How an attempt ended. */
public sealed interface Outcome {
  /** The status of the last response, 0 when there was none. */
  int status();

  /** A whole response arrived. */
  record Responded(int status) implements Outcome {}

  /** A redirect to follow arrived (RFC 9110, section 15.4). */
  record Redirected(int status, Hop hop) implements Outcome {}

  /** The resource is unchanged (304). */
  record Unchanged() implements Outcome {
    /** RFC 9110, section 15.4.5. */
    public static final int STATUS = 304;

    @Override
    public int status() {
      return STATUS;
    }
  }

  /**
   * No whole response arrived.
   *
   * @param message one sentence for a person
   * @param cause the exception behind it, for -v; empty if the message is complete
   */
  record Failed(FailureKind kind, String message, int status, String cause) implements Outcome {}
}
