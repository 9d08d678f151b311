package fetch.input;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/** Tells what scheme a line has or stands for, as a browser's address bar would take it. */
sealed interface Scheme {
  /** It is, or is taken as, http or https; {@code url} has the scheme in front. */
  record Web(String url) implements Scheme {}

  /** Some other scheme; {@code opaque} when no host follows it, as in {@code mailto:}. */
  record Other(String name, boolean opaque) implements Scheme {}

  /** Schemes without a host, whose rest may look like {@code user@host}. */
  Set<String> OPAQUE =
      Set.of(
          "mailto",
          "javascript",
          "data",
          "tel",
          "sms",
          "about",
          "blob",
          "urn",
          "news",
          "magnet",
          "sip",
          "sips",
          "xmpp",
          "geo",
          "cid",
          "mid",
          "view-source");

  static Scheme of(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (name.equals("http") || name.equals("https")) {
      return new Web(text);
    }
    if (!isSchemeName(name)) {
      return new Web(withDefault(text));
    }
    String rest = text.substring(colon + 1);
    if (rest.startsWith("//")) {
      return new Other(name, false);
    }
    boolean opaque = OPAQUE.contains(name);
    return opaque || !followsHostOrUser(name, rest)
        ? new Other(name, opaque)
        : new Web(withDefault(text));
  }

  private static boolean isSchemeName(String name) {
    return !name.isEmpty()
        && isLetter(name.charAt(0))
        && name.chars()
            .allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0);
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  /** Whether {@code name:rest} is {@code host:port} or {@code user:password@host}. */
  private static boolean followsHostOrUser(String name, String rest) {
    String authority = upToPath(rest);
    boolean port = authority.chars().allMatch(c -> c >= '0' && c <= '9');
    return port || name.indexOf('.') >= 0 || authority.indexOf('@') >= 0;
  }

  private static String withDefault(String text) {
    if (text.startsWith("//")) {
      return withDefault(text.substring(2));
    }
    return (isLocal(hostOf(text)) ? "http://" : "https://") + text;
  }

  private static String upToPath(String text) {
    int end = 0;
    while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }

  private static String hostOf(String text) {
    String authority = upToPath(text);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  private static boolean isLocal(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    boolean literal = host.startsWith("[") || host.matches("[0-9]+(\\.[0-9]+){3}");
    return literal && isLocalLiteral(host.replaceAll("[\\[\\]]", ""));
  }

  private static boolean isLocalLiteral(String literal) {
    try {
      InetAddress address = InetAddress.ofLiteral(literal);
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
