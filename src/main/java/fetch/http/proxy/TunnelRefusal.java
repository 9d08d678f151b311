package fetch.http.proxy;

import java.io.IOException;

/** Thrown if a proxy opened no tunnel (RFC 9110, section 9.3.6). */
final class TunnelRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status of the proxy's response, 0 if it sent none
   * @param what the reason, to follow the proxy's name in a sentence
   */
  TunnelRefusal(int status, String what) {
    super(what);
    this.status = status;
  }

  int status() {
    return status;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
