package fetch;

/**
 * What is known of a representation, so that it need not be sent again while that holds (RFC 9110,
 * section 13.1).
 *
 * @param url where it was found, any password masked
 */
public record Precondition(String url, Validators validators) {}
