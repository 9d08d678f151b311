package fetch;

/**
 * The representation that a URL had (RFC 9110, section 3.2).
 *
 * @param stored what is left of its body
 * @param validators as a response had them
 */
public record Representation(Stored stored, Validators validators) {
  /** Nothing stored, and no validators. */
  public static final Representation NONE = new Representation(Stored.NOTHING, Validators.NONE);
}
