package fetch;

/**
 * Where redirects have led so far, for a request that goes on from there.
 *
 * @param url where the last one leads; it may have a password
 * @param method the method to use there
 * @param redirects how many there were
 */
public record Onward(String url, String method, int redirects) {
  /** Keeps the password to itself. */
  @Override
  public String toString() {
    return method + " " + Redaction.ofUrl(url);
  }
}
