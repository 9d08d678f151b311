package fetch.warc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes an exchange: the content of its records besides its bytes.
 *
 * @param url without user and password
 * @param contentType as sent, null when absent
 * @param epochMillis when it began
 * @param truncation why the body is incomplete; null if it is complete
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
   * The connection of the exchange.
   *
   * @param server the server's address; null if unknown or behind a proxy
   * @param protocols their versions, such as {@code h2} and {@code tls/1.3}
   * @param cipherSuite its name at the IANA; null without TLS
   */
  public record Connection(
      @Nullable String server, List<String> protocols, @Nullable String cipherSuite) {
    static final Connection UNKNOWN = new Connection(null, List.of(), null);
  }
}
