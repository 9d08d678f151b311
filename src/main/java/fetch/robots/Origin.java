package fetch.robots;

import fetch.Target;

/** What one robots.txt is for: a scheme, a host and a port (RFC 9309, section 2.3). */
public record Origin(String scheme, String host, int port) {
  public static Origin of(Target target) {
    String scheme = target.location().startsWith("https:") ? "https" : "http";
    return new Origin(scheme, target.host(), target.port());
  }

  /** Where its robots.txt is. */
  public Target robotsTxt() {
    String literal = host.indexOf(':') < 0 ? host : '[' + host + ']';
    boolean usual = port == (scheme.equals("https") ? 443 : 80);
    String url = scheme + "://" + literal + (usual ? "" : ":" + port) + "/robots.txt";
    return new Target(url, url, host, port);
  }
}
