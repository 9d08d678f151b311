package fetch.http.call;

/** How far an exchange has come, with what has not happened yet in it. */
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

  /** What to say when time runs out now. */
  public String pending() {
    return pending;
  }
}
