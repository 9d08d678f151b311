package fetch.robots;

import fetch.Target;

/**
 * Identifies the URLs that a robots.txt applies to: scheme, host and port (RFC 9309, section 2.3).
 */
public record Origin(String scheme, String host, int port) {
  public static Origin of(Target target) {
    String scheme = target.location().startsWith("https:") ? "https" : "http";
    return new Origin(scheme, target.host(), target.port());
  }

  /** The URL of its robots.txt. */
  public Target robotsTxt() {
    String literal = host.indexOf(':') < 0 ? host : '[' + host + ']';
    boolean usual = port == (scheme.equals("https") ? 443 : 80);
    String url = scheme + "://" + literal + (usual ? "" : ":" + port) + "/robots.txt";
    return new Target(url, url, host, port);
  }
}
