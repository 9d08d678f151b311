package fetch;

/**
 * The representation of a URL (RFC 9110, section 3.2).
 *
 * @param stored its saved body
 * @param validators of its response
 */
public record Representation(SavedBody stored, Validators validators) {
  /** Nothing stored, and no validators. */
  public static final Representation NONE = new Representation(SavedBody.NOTHING, Validators.NONE);
}
