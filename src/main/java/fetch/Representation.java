package fetch;

/**
 * The representation that a URL had (RFC 9110, section 3.2).
 *
 * @param stored what is left of its body
 * @param validators as a response had them
 */
public record Representation(SavedBody stored, Validators validators) {
  /** Nothing stored, and no validators. */
  public static final Representation NONE = new Representation(SavedBody.NOTHING, Validators.NONE);
}
