package fetch.http.call;

/** The phases of an exchange, each with the message for a timeout in it. */
public enum Phase {
  LOOKUP_QUEUE("too many other name look-ups were in progress"),
  LOOKUP("the name was not resolved"),
  DESCRIPTOR("no file descriptor was free"),
  CONNECT("no connection"),
  HANDSHAKE("the TLS handshake did not finish"),
  RESPONSE("no response"),
  BODY("the body was incomplete");

  private final String pending;

  Phase(String pending) {
    this.pending = pending;
  }

  /** The message for a timeout in this phase. */
  public String pending() {
    return pending;
  }
}
