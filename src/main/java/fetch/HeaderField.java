package fetch;

/**
 * A header field of a response (RFC 9110, section 5).
 *
 * @param name as received
 * @param value as received, without blanks around it; bytes that are not UTF-8 are taken for ISO
 *     8859-1
 */
public record HeaderField(String name, String value) {
  /** Omits the value, which may be a secret. */
  @Override
  public String toString() {
    return name + ": ***";
  }
}
