package fetch.http.call;

/** An idle connection that is of no use for a request, found out before the request was sent. */
public final class StaleConnection extends Unprocessed {
  private static final long serialVersionUID = 1;

  public StaleConnection() {
    super("the idle connection received unexpected data", null);
  }
}
