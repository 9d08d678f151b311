package fetch.http.settings;

import fetch.http.url.HttpUrlParser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and port to connect to instead of those of a URL, as curl's {@code --connect-to}. The URL,
 * the Host field and the name in TLS stay.
 *
 * @param host in lower case, empty for any
 * @param port 0 for any
 * @param toHost in lower case, empty for the URL's own
 * @param toPort 0 for the URL's own
 */
public record ConnectTo(String host, int port, String toHost, int toPort) {
  private static final Pattern RULE =
      Pattern.compile("(\\[[^]]*]|[^:\\[]*):(\\d{0,5}):(\\[[^]]*]|[^:\\[]*):(\\d{0,5})");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Parses {@code HOST1:PORT1:HOST2:PORT2}; IPv6 addresses stand in brackets.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static ConnectTo parse(String text) {
    Matcher rule = RULE.matcher(text);
    if (!rule.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not HOST1:PORT1:HOST2:PORT2");
    }
    return new ConnectTo(
        host(rule.group(1)), port(rule.group(2)), host(rule.group(3)), port(rule.group(4)));
  }

  private static String host(String text) {
    String host = text.isEmpty() ? "" : HttpUrlParser.host(text);
    if (host == null) {
      throw new IllegalArgumentException("'" + text + "' is not a host");
    }
    return host;
  }

  private static int port(String text) {
    int port = text.isEmpty() ? 0 : Integer.parseInt(text);
    if (port > HIGHEST_PORT || (port == 0 && !text.isEmpty())) {
      throw new IllegalArgumentException("'" + text + "' is not a port");
    }
    return port;
  }

  boolean matches(String otherHost, int otherPort) {
    return (host.isEmpty() || host.equals(otherHost)) && (port == 0 || port == otherPort);
  }

  /** The host to connect to for a URL's host. */
  public String hostFor(String urlHost) {
    return toHost.isEmpty() ? urlHost : toHost;
  }

  /** The port to connect to for a URL's port. */
  public int portFor(int urlPort) {
    return toPort == 0 ? urlPort : toPort;
  }
}
