package fetch.http.tls;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/**
 * The name that a server is told (RFC 6066, section 3). Unlike Java's own class, it also takes the
 * underscores and tildes that names of hosts have on the web.
 */
final class SentName extends SNIServerName {
  SentName(String host) {
    super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
  }
}
