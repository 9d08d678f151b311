package fetch.http.proxy;

import java.io.IOException;

/** A proxy opened no tunnel (RFC 9110, section 9.3.6). */
final class TunnelRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status that of the proxy's response, 0 when it sent none
   * @param what what the proxy did, to follow its name in a sentence
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
