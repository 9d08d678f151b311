package fetch.http.call;

/** An idle connection turned out to be unusable before the request was sent. */
public final class StaleConnection extends Unprocessed {
  private static final long serialVersionUID = 1;

  public StaleConnection() {
    super("the idle connection received unexpected data", null);
  }
}
