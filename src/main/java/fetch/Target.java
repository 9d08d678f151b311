package fetch;

import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: an absolute http or https URL (RFC 9110, section 4.2) in normal form.
 *
 * @param location the URL to connect to; it may hold a password, so it is never printed
 * @param url the same URL with any password masked, for records and messages
 * @param host in lower case, without the brackets of an IPv6 literal
 * @param port 1 to 65535
 * @param parsed the parser's result, to avoid parsing twice; null when unknown
 */
public record Target(String location, String url, String host, int port, @Nullable Parsed parsed) {

  /** A parsed URL, whose form only the parser knows. */
  public interface Parsed {}

  public Target(String location, String url, String host, int port) {
    this(location, url, host, port, null);
  }

  @Override
  public String toString() {
    return url;
  }
}
