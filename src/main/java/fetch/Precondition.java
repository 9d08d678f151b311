package fetch;

/**
 * A known representation, which need not be sent again while it is current (RFC 9110, section
 * 13.1).
 *
 * @param url where it was found, any password masked
 */
public record Precondition(String url, Validators validators) {}
