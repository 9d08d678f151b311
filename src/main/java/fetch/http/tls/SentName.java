package fetch.http.tls;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/**
 * A server name (RFC 6066, section 3). Unlike Java's own class, it allows underscores and tildes,
 * which occur in host names on the web.
 */
final class SentName extends SNIServerName {
  SentName(String host) {
    super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
  }
}
