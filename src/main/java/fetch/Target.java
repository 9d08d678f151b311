package fetch;

/**
 * Where a request goes: an absolute http or https URL (RFC 9110, section 4.2) in normal form.
 *
 * @param location the URL to connect to; it may hold a password, so it is never printed
 * @param url the same URL with any password masked, for records and messages
 * @param host in lower case, without the brackets of an IPv6 literal
 * @param port 1 to 65535
 */
public record Target(String location, String url, String host, int port) {
  @Override
  public String toString() {
    return url;
  }
}
