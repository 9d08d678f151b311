package fetch.http.settings;

import fetch.http.url.HttpUrlParser;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses for a host and port that replace a look-up, as curl's {@code --resolve}.
 *
 * @param host in lower case, {@code *} for any
 */
public record FixedAddress(String host, int port, List<InetAddress> addresses) {
  private static final Pattern RULE = Pattern.compile("\\+?(\\[[^]]+]|[^:]+):(\\d{1,5}):(.+)");

  private static final int HIGHEST_PORT = 65_535;

  public FixedAddress {
    addresses = List.copyOf(addresses);
  }

  /** Parses {@code HOST:PORT:ADDR[,ADDR]...}; an IPv6 address may stand in brackets. */
  public static FixedAddress parse(String text) {
    Matcher rule = RULE.matcher(text);
    int port = rule.matches() ? Integer.parseInt(rule.group(2)) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT:ADDRESS");
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (String address : rule.group(3).split(",", -1)) {
      addresses.add(literal(unbracket(address.strip())));
    }
    String name = rule.group(1);
    String host = HttpUrlParser.host(name);
    return new FixedAddress(
        host == null ? unbracket(name).toLowerCase(Locale.ROOT) : host, port, addresses);
  }

  public boolean matches(String otherHost, int otherPort) {
    return port == otherPort && (host.equals("*") || host.equals(otherHost));
  }

  private static InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
    }
  }

  private static String unbracket(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }
}
