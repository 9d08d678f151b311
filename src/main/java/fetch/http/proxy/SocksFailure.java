package fetch.http.proxy;

/** The reasons why a SOCKS5 proxy (RFC 1928) opened no connection. */
enum SocksFailure {
  LOGIN("refused the user and password"),
  FORBIDDEN("does not allow the connection"),
  UNREACHABLE("found no route to the host"),
  REFUSED("was refused the connection by the host"),
  UNSUPPORTED("does not support the request"),
  NO_PROXY("could not be reached"),
  NOT_SOCKS("does not respond as SOCKS5 does"),
  FAILED("could not connect to the host");

  private final String what;

  SocksFailure(String what) {
    this.what = what;
  }

  /** The reason, to follow the proxy's name in a sentence. */
  String what() {
    return what;
  }

  /** The reason for a reply code (RFC 1928, section 6). */
  static SocksFailure of(int reply) {
    return switch (reply) {
      case 1 -> FAILED;
      case 2 -> FORBIDDEN;
      case 3, 4, 6 -> UNREACHABLE;
      case 5 -> REFUSED;
      case 7, 8 -> UNSUPPORTED;
      default -> NOT_SOCKS;
    };
  }
}
