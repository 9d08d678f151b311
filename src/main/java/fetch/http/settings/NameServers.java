package fetch.http.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** The name servers that replace the operating system's resolver. */
public sealed interface NameServers {
  /**
   * DNS servers (RFC 1035), queried in this order until one responds; by UDP, and by TCP for long
   * responses.
   */
  record Dns(List<InetSocketAddress> servers) implements NameServers {
    private static final int DEFAULT_PORT = 53;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern SERVER =
        Pattern.compile("(?:\\[([^]]+)]|([^:]+))(?::(\\d{1,5}))?|([0-9A-Fa-f:]+:[0-9A-Fa-f:.]*)");

    public Dns {
      servers = List.copyOf(servers);
    }

    /**
     * Parses addresses with or without a port, separated by commas; an IPv6 address with a port is
     * in brackets.
     *
     * @throws IllegalArgumentException if the text is malformed
     */
    public static Dns parse(String text) {
      List<InetSocketAddress> servers = new ArrayList<>();
      for (String word : text.split(",", -1)) {
        servers.add(server(word.strip()));
      }
      return new Dns(servers);
    }

    private static InetSocketAddress server(String word) {
      Matcher server = SERVER.matcher(word);
      if (server.matches()) {
        String bracketed = server.group(1) == null ? server.group(2) : server.group(1);
        String address = bracketed == null ? server.group(4) : bracketed;
        int port = server.group(3) == null ? DEFAULT_PORT : Integer.parseInt(server.group(3));
        try {
          if (port > 0 && port <= HIGHEST_PORT) {
            return new InetSocketAddress(InetAddress.ofLiteral(address), port);
          }
        } catch (IllegalArgumentException e) {
          // Rejected below, like ports out of range.
        }
      }
      throw new IllegalArgumentException(
          "'" + word + "' is not an address such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53");
    }
  }

  /** A DNS-over-HTTPS server (RFC 8484); the system looks up its name. */
  record Doh(HttpUrl url) implements NameServers {
    /**
     * Parses an https URL.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Doh parse(String text) {
      HttpUrl url = HttpUrl.parse(text);
      if (url == null || !url.isHttps()) {
        throw new IllegalArgumentException("'" + text + "' is not an https URL");
      }
      return new Doh(url);
    }
  }
}
