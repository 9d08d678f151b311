package fetch.input;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/** Determines the scheme of an entry, as a browser's address bar does. */
sealed interface Scheme {
  /** It is http or https, or is treated as such; {@code url} begins with the scheme. */
  record Web(String url) implements Scheme {}

  /** Any other scheme; {@code opaque} if no host follows it, as in {@code mailto:}. */
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
    if (startsWith("https:", text) || startsWith("http:", text)) {
      return new Web(text);
    }
    int colon = endOfName(text);
    if (colon < 0) {
      return new Web(withDefault(text));
    }
    String name = text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    boolean opaque = OPAQUE.contains(name);
    return opaque || rest.startsWith("//") || !followsHostOrUser(name, rest)
        ? new Other(name, opaque)
        : new Web(withDefault(text));
  }

  private static boolean startsWith(String scheme, String text) {
    return text.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /** The index of the colon after a scheme's name (RFC 3986, section 3.1), -1 if there is none. */
  static int endOfName(String text) {
    int end = 0;
    while (end < text.length() && isNameCharacter(text.charAt(end), end)) {
      end++;
    }
    return end > 0 && end < text.length() && text.charAt(end) == ':' ? end : -1;
  }

  private static boolean isNameCharacter(char c, int position) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (position > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether {@code name:rest} is {@code host:port} or {@code user:password@host}. */
  private static boolean followsHostOrUser(String name, String rest) {
    String authority = upToPath(rest);
    boolean port = !authority.isEmpty() && authority.chars().allMatch(Scheme::isDigit);
    return port || name.indexOf('.') >= 0 || authority.indexOf('@') >= 0;
  }

  /**
   * Adds http or https in front. Not to a path, which has no host, nor to text that begins with an
   * invalid scheme, such as an invisible character and {@code http://}.
   */
  private static String withDefault(String text) {
    String rest = text.startsWith("//") ? text.substring(2) : text;
    String authority = upToPath(rest);
    boolean otherScheme =
        authority.length() > 1
            && authority.endsWith(":")
            && rest.startsWith("//", authority.length());
    if (authority.isEmpty() || otherScheme) {
      return text;
    }
    return (isLocal(hostOf(rest)) ? "http://" : "https://") + rest;
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
    if (host.startsWith("[") && host.endsWith("]")) {
      return isLocalAddress(host.substring(1, host.length() - 1));
    }
    return host.equalsIgnoreCase("localhost") || (isDotted(host) && isLocalAddress(host));
  }

  /** Whether it looks like an IPv4 address: digits and dots. */
  private static boolean isDotted(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (!isDigit(host.charAt(i)) && host.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /** Whether it is a loopback or private address (RFC 1918, RFC 4193). */
  private static boolean isLocalAddress(String literal) {
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
