package fetch.warc;

import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of an exchange beside its bytes.
 *
 * @param url without user and password
 * @param contentType as sent, null when absent
 * @param epochMillis when it began
 * @param truncation why the body is not whole, null when it is
 */
public record ExchangeInfo(
    String url,
    String method,
    int status,
    @Nullable String contentType,
    Connection connection,
    long epochMillis,
    @Nullable Truncation truncation) {

  /**
   * What the exchange was made over.
   *
   * @param server the address that the client was connected to; null when that is not known, or a
   *     proxy
   * @param protocol another than HTTP/1.x, null for none
   */
  public record Connection(@Nullable String server, @Nullable String protocol) {
    static final Connection UNKNOWN = new Connection(null, null);
  }
}
